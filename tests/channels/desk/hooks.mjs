// Finds "/static/…" where the desk's server does: its own files first, then those of the public site.

import { existsSync } from "node:fs";

const FOLDERS = ["../../../channels/desk/static/", "../../../channels/web/static/"];

export function resolve(specifier, context, next) {
  if (!specifier.startsWith("/static/")) return next(specifier, context);
  const name = specifier.slice("/static/".length);
  const urls = FOLDERS.map((folder) => new URL(folder + name, import.meta.url));
  return next(urls.find((url) => existsSync(url)).href, context);
}

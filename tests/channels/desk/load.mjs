// The desk's modules, with their "/static/…" imports.

import { register } from "node:module";

register("./hooks.mjs", import.meta.url);

/** `await load("feed.js")`: the module's exports. */
export const load = (name) => import(`../../../channels/desk/static/${name}`);

/** What fetch resolves to. */
export function answer(status, body, headers = {}) {
  return { status, json: async () => body, headers: new Headers(headers) };
}

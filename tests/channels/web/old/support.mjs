// Which browsers know what, by MDN's tables (@mdn/browser-compat-data).

import { createRequire } from "node:module";

/** Chrome 80 is of February 2020 (an Android 5 can have it), Safari 13 of September 2019 (an iPhone 6s, and SE). */
const OLDEST = { chrome: 80, chrome_android: 80, safari: 13, safari_ios: 13 };

export const tables = createRequire(import.meta.url)("@mdn/browser-compat-data");

function since(statements) {
  // What needs a prefix, a flag or another name is not what was written.
  const plain = [statements].flat().filter((one) => !one.prefix && !one.flags && !one.alternative_name);
  const added = plain.map((one) => String(one.version_added).replace("≤", "")).filter((version) => /^\d/.test(version));
  return Math.min(...added.map(Number));
}

/** Whether all of the oldest browsers know it; `entry` is a part of the tables, or nothing where they have none. */
export function isKnown(entry) {
  const support = entry && entry.__compat && entry.__compat.support;
  return !support || Object.entries(OLDEST).every(([name, version]) => support[name] && since(support[name]) <= version);
}

/** Every entry of the tables under `root`, by its own name: `at` is in Array, in String and in others. */
export function named(...roots) {
  const found = new Map();
  const gather = (entry) => {
    Object.entries(entry).forEach(([key, inner]) => {
      if (key === "__compat") return;
      const name = key.replace(/_static$/, "");
      if (inner.__compat) found.set(name, (found.get(name) || []).concat(inner));
      gather(inner);
    });
  };
  roots.forEach(gather);
  return found;
}

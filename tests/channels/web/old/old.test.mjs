// Old telephones: nothing in the chat is younger than Chrome 80 and Safari 13, or something stands in for it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { ALLOWED, FIELDS } from "./allowed.mjs";
import { ownNames, tooNewInScript } from "./scripts.mjs";
import { tooNewInSheet } from "./styles.mjs";

const FOLDER = new URL("../../../../channels/web/static/", import.meta.url);
const files = (suffix) =>
  readdirSync(FOLDER).filter((name) => name.endsWith(suffix)).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]);

const scripts = files(".js");
const sheets = files(".css");
const ours = new Set(scripts.flatMap(([, text]) => ownNames(text)).concat(FIELDS));
const met = new Set();

for (const [name, text] of scripts) {
  test(`${name} asks for nothing that an old telephone does not know`, () => {
    assert.deepEqual(tooNewInScript(text, ours), []);
  });
}

for (const [name, text] of sheets) {
  test(`${name} asks for nothing that an old telephone does not know`, () => {
    const found = tooNewInSheet(text);
    found.forEach((one) => met.add(one));
    assert.deepEqual(found.filter((one) => !(one in ALLOWED)), []);
  });
}

test("what is allowed is used", () => {
  assert.deepEqual(Object.keys(ALLOWED).filter((name) => !met.has(name)), []);
});

const YOUNG = {
  'text.replaceAll("a", "b")': ["replaceAll"],
  "list.at(-1)": ["at"],
  "structuredClone(value)": ["structuredClone"],
  "AbortSignal.any([one, other])": ["any"],
  "crypto.randomUUID()": ["randomUUID"],
  "window.ResizeObserver": ["ResizeObserver"],
  "row.replaceChildren()": ["replaceChildren"],
  'row.addEventListener("beforematch", show)': ["beforematch event"],
  "list.flat().includes(1); fetch(a, { signal }); new AbortController(); Object.fromEntries(list)": [],
};

for (const [text, names] of Object.entries(YOUNG)) {
  test(`in « ${text} » too young: ${names}`, () => assert.deepEqual(tooNewInScript(text, new Set()), names));
}

for (const text of ["a?.b", "a ?? b", "a ||= b", "import.meta.url", "class A { #b; }", "await a"]) {
  test(`« ${text} » is too young to be read`, () => assert.throws(() => tooNewInScript(text, new Set()), SyntaxError));
}

const SHEETS = {
  "a { inset: 0 }": ["inset"],
  "a { display: flex; gap: 1rem }": ["gap without a grid"],
  "a { display: grid; gap: 1rem }": [],
  "a { min-height: 100dvh }": ["min-height: dvh"],
  "a { min-height: 100vh; min-height: 100dvh }": [],
  "a { color: color-mix(in srgb, red, blue) }": ["color: color-mix"],
  "a:has(b), :is(c) { color: red }": [":has", ":is"],
  "@container (min-width: 1px) { a { color: red } }": ["@container"],
  "@media (prefers-contrast: more) { a { color: red } }": ["(prefers-contrast)"],
  "@supports (inset: 0) { a { inset: 0 } }": [],
};

for (const [text, names] of Object.entries(SHEETS)) {
  test(`in « ${text} » too young: ${names}`, () => assert.deepEqual(tooNewInSheet(text), names));
}

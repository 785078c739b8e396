import assert from "node:assert/strict";
import test from "node:test";

import { createAnnouncer } from "../../../channels/web/static/announcer.js";
import { inLanguageOf, spokenIn } from "../../../channels/web/static/language.js";
import { linkedParts } from "../../../channels/web/static/links.js";

const SPOKEN = {
  "a card from right to left": [{ author: "assistant", lang: "ar", dir: "rtl" }, { lang: "ar", dir: "rtl" }],
  "a card from left to right": [{ author: "assistant", lang: "uk", dir: "ltr" }, { lang: "uk", dir: "ltr" }],
  "French, which is that of the page": [{ author: "assistant", lang: null, dir: null }, {}],
  "an old server, which names no language": [{ author: "system" }, {}],
  "a caseworker": [{ author: "caseworker", lang: null, dir: null }, {}],
  "what a person writes runs as its letters do": [{ author: "person", lang: null, dir: null }, { dir: "auto" }],
};

for (const [name, [message, attributes]] of Object.entries(SPOKEN)) {
  test(`language: ${name}`, () => assert.deepEqual(spokenIn(message), attributes));
}

test("the element itself is marked, and given back", () => {
  const element = { textContent: "Слава" };
  assert.equal(inLanguageOf({ author: "assistant", lang: "uk", dir: "ltr" }, element), element);
  assert.deepEqual(element, { textContent: "Слава", lang: "uk", dir: "ltr" });
});

const NUMBERS = {
  "short numbers, whatever the words around": ["В опасности звоните 15 или 112.", "ru", ["tel:15", "tel:112"]],
  "a number in one piece": ["أو اتصلوا بالرقم 0261910035.", "ar", ["tel:+33261910035"]],
  "with a word behind it": ["Hemen 3114 numarasını arayın", "tr", ["tel:3114"]],
  "114 by text message": ["пишите SMS на 114.", "ru", ["sms:114"]],
  "in French only after the words that introduce one": ["15 ou 112 ans", undefined, []],
};

for (const [name, [text, lang, hrefs]] of Object.entries(NUMBERS)) {
  test(`numbers to touch: ${name}`, () => {
    const parts = linkedParts(text, "assistant", lang);
    assert.deepEqual(parts.map((part) => part.href).filter(Boolean), hrefs);
    assert.equal(parts.map((part) => part.text).join(""), text);
  });
}

test("a number that a person writes stays text in any language", () => {
  assert.deepEqual(linkedParts("звоните 112", "person", "ru"), [{ text: "звоните 112", href: null }]);
});

test("what is read aloud keeps the parts that are marked", () => {
  const kept = [];
  globalThis.document = { createElement: () => ({ append: (...parts) => kept.push(...parts), remove: () => kept.splice(0) }) };
  const waiting = [];
  const announcer = createAnnouncer({ append: () => {} }, (action) => waiting.push(action));
  const span = { lang: "ar" };
  announcer.say("L’assistant : ", span, "");
  waiting.shift()();
  assert.deepEqual(kept, ["L’assistant : ", span, ""]);
  waiting.shift()();
  assert.deepEqual(kept, []);
  delete globalThis.document;
});

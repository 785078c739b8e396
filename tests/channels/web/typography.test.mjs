import assert from "node:assert/strict";
import test from "node:test";

import { linkedParts } from "../../../channels/web/static/links.js";
import { held } from "../../../channels/web/static/typography.js";

const n = "\u00a0";

test("an hour stays on one line", () => {
  assert.equal(held("jeudi 26 novembre à 14 h 45"), `jeudi 26 novembre à 14${n}h${n}45`);
  assert.equal(held("de 9 h à 12 h 30."), `de 9${n}h à 12${n}h${n}30.`);
  assert.equal(held("15 heures d'activité"), "15 heures d'activité");
});

test("a sign stays with its word", () => {
  assert.equal(held("Que voulez-vous ? « Oui » : non ; oui !"), `Que voulez-vous${n}? «${n}Oui${n}»${n}: non${n}; oui${n}!`);
});

test("a number to call is still one", () => {
  const parts = linkedParts(held("Rien ne va ? Appelez le 02 61 91 30 10."), "assistant");
  assert.deepEqual(parts.map((part) => part.href).filter(Boolean), ["tel:+33261913010"]);
});

test("done twice it is the same", () => {
  const once = held("Début : 9 h 30 ?");
  assert.equal(held(once), once);
});

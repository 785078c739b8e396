import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { movedWords, presence, priceWords, unassignedWords } = await load("teamview.js");

test("an absence says its days and who stands in", () => {
  const away = { absent_from: "2026-12-01", absent_until: "2026-12-05", stand_in: { name: "Ronan Le Gall" } };
  assert.equal(presence(away), "Absence du 1 décembre au 5 décembre, remplacement par Ronan Le Gall");
  assert.match(presence({ ...away, absent_until: null, stand_in: null }), /à partir du 1 décembre, sans remplacement$/);
  assert.equal(presence({ absent_from: null }), "Là");
});

test("counts are said in words, none and one included", () => {
  assert.match(unassignedWords(0), /suivie par quelqu’un/);
  assert.match(unassignedWords(1), /^1 demande n’est/);
  assert.match(movedWords(0), /aucune demande/);
  assert.equal(movedWords(5), "5 demandes ont changé de main.");
});

test("a price is in euros, and says what it leaves out", () => {
  assert.match(priceWords({ price: 12340, unpriced: 0 }).join(), /^12,34\s€$/);
  assert.match(priceWords({ price: 90, unpriced: 12 }).join(", "), /^0,09\s€, \+ 12 sans prix$/);
});

import assert from "node:assert/strict";
import test from "node:test";

import { words } from "../../../channels/web/static/words.js";

const [visit, course] = [{ kind: "appointment" }, { kind: "training" }];
const SAID = [
  [[visit], "Avec une fiche de rendez-vous."],
  [[course, course], "Avec 2 fiches de formation."],
  [[course, visit, course], "Avec une fiche de rendez-vous et 2 fiches de formation."],
];

for (const [cards, said] of SAID) {
  test(`each kind of card is named with its number: ${said}`, () => assert.equal(words.card.beside(cards), said));
}

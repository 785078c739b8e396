import assert from "node:assert/strict";
import test from "node:test";

import { phrases } from "../../../channels/web/static/aloud.js";
import { createUnread } from "../../../channels/web/static/unread.js";

const SAID = {
  "Appelez le 02 61 91 00 01.": ["Appelez le 02, 61, 91, 00, 01."],
  "Appelez le +33 2 61 91 00 01.": ["Appelez le 02, 61, 91, 00, 01."],
  "La CAF répond au 3230.": ["La CAF répond au 32, 30."],
  "Appelez le 115.": ["Appelez le 115."],
  "Le RSA existe depuis 2009.": ["Le RSA existe depuis 2009."],
  "Écrivez par exemple : 03/02/1901.": ["Écrivez par exemple : 3 février 1901."],
  "Le 45/99/1990 n’est pas une date.": ["Le 45/99/1990 n’est pas une date."],
  "À 14 h 45, ou à 1 h.": ["À 14 heures 45, ou à 1 heure."],
  "Le 12 hommes en colère": ["Le 12 hommes en colère"],
  "Une phrase. Une autre ?\nEt une ligne :\n\n- une liste": ["Une phrase.", "Une autre ?", "Et une ligne :", "- une liste"],
  "Votre montant : 651,69 € par mois.": ["Votre montant : 651,69 € par mois."],
  "…": [],
};

for (const [text, said] of Object.entries(SAID)) {
  test(`"${text.slice(0, 40)}" is said well`, () => assert.deepEqual(phrases(text), said));
}

test("what comes while nobody looks is counted in the title, and no more once somebody does", () => {
  const page = { title: "Hent" };
  let looks = true;
  const unread = createUnread(page, () => looks);
  unread.arrived(1);
  assert.equal(page.title, "Hent");
  looks = false;
  [2, 0, 1].forEach(unread.arrived);
  assert.equal(page.title, "(3) Hent");
  unread.looked();
  assert.equal(page.title, "Hent");
  page.title = "Météo";
  unread.looked();
  assert.equal(page.title, "Météo");
});

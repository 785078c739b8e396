import assert from "node:assert/strict";
import test from "node:test";

import { linkedParts, partsOfSms } from "../../../channels/web/static/links.js";

const hrefs = (text, author = "assistant") =>
  linkedParts(text, author).map((part) => part.href).filter(Boolean);

const CALLS = {
  "an authority's number": ["Appelez le 02 61 91 00 00.", ["tel:+33261910000"]],
  "an international number": ["+33 2 61 91 00 00", ["tel:+33261910000"]],
  "a number in three figures": ["Répondeur : 0 806 001 002", ["tel:+33806001002"]],
  "a free number in pairs": ["Appelez le 0 805 16 00 75.", ["tel:+33805160075"]],
  "CAF and France Travail": ["La CAF répond au 3230, France Travail au 3949.", ["tel:3230", "tel:3949"]],
  "distress": ["Appelez le 3114.", ["tel:3114"]],
  "violence": ["Appelez le 17 ou le 112.\nLe 3919 vous écoute.", ["tel:17", "tel:112", "tel:3919"]],
  "114 by text message": ["Écrivez au 114 par SMS.", ["sms:114"]],
  "shelter, then children": ["Le 115 et le 119 répondent.", ["tel:115", "tel:119"]],
  "a number in brackets after": ["Le 17 (police)", ["tel:17"]],
};

for (const [name, [text, expected]] of Object.entries(CALLS)) {
  test(`becomes a link: ${name}`, () => assert.deepEqual(hrefs(text), expected));
}

const STAY_TEXT = {
  "a date": "Rendez-vous le 17 mars.",
  "a numbered date": "Rendez-vous le 17/03/2027.",
  "an hour": "Venez à 17 h ou à 15 h 30.",
  "a street number": "Au 17 rue de Siam, à Brest.",
  "a sum": "Vous avez reçu 3230 €, puis 115,20 €.",
  "a post code": "29200 Brest, 35000 Rennes",
  "a length": "Le 115 heures de formation",
  "part of a longer number": "Dossier 13230, puis 32301",
  "a count": "Il reste 17 places.",
  "a day of the week": "Mardi 17, puis du 15 au 18 novembre",
};

for (const [name, text] of Object.entries(STAY_TEXT)) {
  test(`stays text: ${name}`, () => assert.deepEqual(hrefs(text), []));
}

test("a number typed by the person is never a link", () => {
  assert.deepEqual(hrefs("Appelez le 02 61 91 00 00", "person"), []);
});

test("the parts put together are the text", () => {
  for (const text of ["", "02 61 91 00 00", "Le 17 ou le 112.", "rien", "a 3230 b 3949 c"]) {
    assert.equal(linkedParts(text, "system").map((part) => part.text).join(""), text);
  }
});

const SITE = "https://hent.exemple.fr";

test("an SMS of ours leads to this site, and its number can still be called", () => {
  const text = `Une réponse vous attend : ${SITE}/#reponse=aB-c_d\nPour appeler : 02 61 91 00 00`;
  const parts = partsOfSms(text, SITE);
  assert.equal(parts.map((part) => part.text).join(""), text);
  assert.deepEqual(parts.map((part) => part.href).filter(Boolean), [`${SITE}/#reponse=aB-c_d`, "tel:+33261910000"]);
});

for (const other of ["https://ailleurs.fr/#reponse=a", `${SITE}.ailleurs.fr/#a`, "javascript:alert()", `${SITE}/page`]) {
  test(`"${other}" is no link`, () => {
    assert.deepEqual(partsOfSms(`Voir ${other}`, SITE), [{ text: `Voir ${other}`, href: null }]);
  });
}

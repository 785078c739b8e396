import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { countWords, lengthWords, missing, refusedField, stateWords } = await load("noticesview.js");

const whole = { text: "Fermé", first_day: "2026-12-24", last_day: "2026-12-24", first_hour: null, last_hour: "12:00" };

test("what lacks is named with its field, in the order of the form", () => {
  assert.equal(missing(whole), null);
  assert.equal(missing({ ...whole, text: "", first_day: "" }).field, "text");
  assert.equal(missing({ ...whole, first_day: "24/12/2026" }).field, "first-day");
  assert.equal(missing({ ...whole, first_hour: "14 h" }).field, "first-hour");
  assert.equal(missing({ ...whole, last_day: "" }).field, "last-day");
  assert.equal(missing({ ...whole, last_hour: "25:00" }).field, "last-hour");
});

test("a refusal leads to the field that it is about", () => {
  assert.equal(refusedField({ body: { error: "notice_number" } }), "text");
  assert.equal(refusedField({ body: { error: "ends_first" } }), "last-day");
  assert.equal(refusedField({ body: { error: "unavailable" } }), null);
  assert.equal(refusedField({ body: null }), null);
});

test("signs are counted as people see them, without the blanks around", () => {
  assert.equal(lengthWords(" é😀\n"), "2 signes sur 300.");
  assert.equal(lengthWords(""), "0 signe sur 300.");
});

test("how many, and whether people read it already", () => {
  assert.deepEqual([0, 1, 2].map(countWords), ["Aucune annonce en cours ou à venir.", "1 annonce", "2 annonces"]);
  assert.equal(stateWords({ kind: "strike", standing: true }), "Grève, affichée en ce moment");
  assert.equal(stateWords({ kind: "outage", standing: false }), "Panne, pas encore affichée");
});

import assert from "node:assert/strict";
import test from "node:test";

import { dateOf, dayOf, hourOf } from "../../../channels/web/static/dates.js";

test("a day and an hour are those of Paris, in winter and in summer", () => {
  assert.equal(dayOf("2026-12-01T08:30:00Z"), "mardi 1er décembre");
  assert.equal(hourOf("2026-12-01T08:30:00Z"), "9 h 30");
  assert.equal(hourOf("2026-07-01T08:05:00+00:00"), "10 h 05");
  assert.equal(hourOf("2026-12-01T13:00:00+00:00"), "14 h");
});

test("an hour near midnight is of the day that Paris has", () => {
  assert.equal(dayOf("2026-11-30T23:15:00Z"), "mardi 1er décembre");
  assert.equal(hourOf("2026-11-30T23:15:00Z"), "0 h 15");
});

test("only the first of a month has its own word", () => {
  assert.equal(dateOf("2027-03-01"), "1er mars 2027");
  assert.equal(dateOf("2027-01-11"), "11 janvier 2027");
  assert.equal(dateOf("2027-12-31"), "31 décembre 2027");
});

import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { dayOf, laterThan, morning, waited } = await load("moments.js");

const iso = (instant) => new Date(instant).toISOString();
const offered = (now) => laterThan(Date.parse(now)).map(({ label, until }) => [label, iso(until)]);

test("an age is told in minutes, hours, then days", () => {
  const from = Date.parse("2026-11-25T10:00:00Z");
  const ages = [5, 120, 24 * 60, 49 * 60].map((minutes) => waited("2026-11-25T10:00:00Z", from + minutes * 60000));
  assert.deepEqual(ages, ["depuis 5 min", "depuis 2 h", "depuis 1 jour", "depuis 2 jours"]);
});

test("a morning is half past eight in Paris, in winter and in summer", () => {
  assert.equal(iso(morning("2026-12-02")), "2026-12-02T07:30:00.000Z");
  assert.equal(iso(morning("2026-07-02")), "2026-07-02T06:30:00.000Z");
});

test("a morning is right on the days when the clocks change", () => {
  assert.equal(iso(morning("2026-03-29")), "2026-03-29T06:30:00.000Z");
  assert.equal(iso(morning("2026-10-25")), "2026-10-25T07:30:00.000Z");
});

test("one sets aside for an hour, until tomorrow, or until Monday", () => {
  assert.deepEqual(offered("2026-11-25T16:00:00Z"), [
    ["Dans une heure, à 18:00", "2026-11-25T17:00:00.000Z"],
    ["Demain à 8 h 30", "2026-11-26T07:30:00.000Z"],
    ["Lundi 30 novembre à 8 h 30", "2026-11-30T07:30:00.000Z"],
  ]);
});

test("on a Monday it is the next one, and on a Sunday tomorrow is said once", () => {
  assert.equal(offered("2026-11-30T10:00:00Z")[2][1], "2026-12-07T07:30:00.000Z");
  assert.equal(offered("2026-11-29T10:00:00Z").length, 2);
});

test("the day is the one of Paris, where midnight comes before that of Greenwich", () => {
  assert.equal(dayOf(Date.parse("2026-11-25T23:30:00Z")), "2026-11-26");
  assert.equal(offered("2026-11-25T23:30:00Z")[1][1], "2026-11-27T07:30:00.000Z");
});

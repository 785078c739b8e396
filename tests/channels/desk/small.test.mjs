import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { ordered, waited } = await load("order.js");
const { measure } = await load("sms.js");
const { asked } = await load("shortcuts.js");
const { createOutbox } = await load("composer.js");

const item = (id, kind, late, due_at) => ({ id, kind, late, due_at: `2026-11-${due_at}T10:00:00Z` });

test("what is to answer comes first, then what is late, then what is due first", () => {
  const items = [
    item("known", "to_know", true, "01"),
    item("later", "to_answer", false, "29"),
    item("sooner", "to_answer", false, "28"),
    item("late", "to_answer", true, "30"),
  ];
  assert.deepEqual(ordered(items).map(({ id }) => id), ["late", "sooner", "later", "known"]);
});

test("an age is told in minutes, hours, then days", () => {
  const from = Date.parse("2026-11-25T10:00:00Z");
  const ages = [5, 120, 24 * 60, 49 * 60].map((minutes) => waited("2026-11-25T10:00:00Z", from + minutes * 60000));
  assert.deepEqual(ages, ["depuis 5 min", "depuis 2 h", "depuis 1 jour", "depuis 2 jours"]);
});

for (const [name, text, parts] of [
  ["nothing", "", 0],
  ["one", "a".repeat(160), 1],
  ["a sign more", "a".repeat(161), 2],
  ["two", "a".repeat(306), 2],
  ["a euro counts twice", `${"a".repeat(159)}€`, 2],
  ["a sign that GSM-7 lacks", "ê".repeat(71), 2],
]) {
  test(`SMS: ${name}`, () => assert.equal(measure(text).parts, parts));
}

const key = (name, more) => ({ key: name, target: { tagName: "BUTTON" }, ...more });

test("a key is a shortcut only where nobody writes, and only while shortcuts are on", () => {
  assert.equal(asked(key("p"), true), "take");
  assert.equal(asked(key("p"), false), null);
  assert.equal(asked(key("p", { target: { tagName: "TEXTAREA" } }), true), null);
  assert.equal(asked(key("p", { ctrlKey: true }), true), null);
});

test("what could not be sent stays, and goes again under its id", async () => {
  const sent = [];
  const answers = [{ status: 0, body: null }, { status: 202, body: { seq: 2 } }];
  const store = async (escalation, kind, { id }) => {
    sent.push([escalation, kind, id]);
    return answers.shift();
  };
  const outbox = createOutbox({ store, change() {}, makeId: () => "un" });
  await outbox.write("e", "reply", "Bonjour");
  assert.equal(outbox.of("e")[0].state, "failed");
  assert.deepEqual(outbox.of("another"), []);
  await outbox.retry("un");
  assert.deepEqual(outbox.of("e"), []);
  assert.deepEqual(sent, [["e", "reply", "un"], ["e", "reply", "un"]]);
});

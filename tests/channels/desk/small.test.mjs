import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { measure, told } = await load("sms.js");
const { asked, KEYS } = await load("shortcuts.js");
const { createOutbox } = await load("composer.js");

for (const [name, text, parts] of [
  ["nothing", "", 0],
  ["one", "a".repeat(160), 1],
  ["a sign more", "a".repeat(161), 2],
  ["two", "a".repeat(306), 2],
  ["a euro counts twice", `${"a".repeat(159)}€`, 2],
  ["a euro is not cut in two", `${"a".repeat(152)}€${"a".repeat(152)}`, 3],
  ["a sign that leaves in its plain form", "ê".repeat(160), 1],
  ["a sign spelled with two", "œ".repeat(81), 2],
]) {
  test(`SMS: ${name}`, () => assert.equal(measure(text).parts, parts));
}

test("the caseworker is told which letters change on their way", () => {
  assert.equal(told("Être là"), "7 signes, 1 SMS. Changent de forme en SMS : Ê.");
  assert.equal(told("là"), "2 signes, 1 SMS.");
});

test("no key asks for two things", () => {
  assert.equal(new Set(KEYS.map(({ key }) => key)).size, KEYS.length);
});

const key = (name, more) => ({ key: name, target: { tagName: "BUTTON" }, ...more });

test("a key is a shortcut only where nobody writes, and only while shortcuts are on", () => {
  assert.equal(asked(key("p"), true), "take");
  assert.equal(asked(key("p"), false), null);
  assert.equal(asked(key("p", { target: { tagName: "TEXTAREA" } }), true), null);
  assert.equal(asked(key("p", { target: { tagName: "INPUT", type: "search" } }), true), null);
  assert.equal(asked(key("p", { target: { tagName: "INPUT", type: "radio" } }), true), "take");
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

test("what was on its way at a reload is offered again, under its id", async () => {
  const sent = [];
  let kept = [];
  const outbox = (store) => createOutbox({ store, change() {}, keep: (items) => (kept = items), makeId: () => "un" });
  outbox(() => new Promise(() => {})).write("e", "reply", "Bonjour");
  const again = outbox(async (escalation, kind, { id }) => {
    sent.push(id);
    return { status: 202, body: { seq: 2 } };
  });
  again.restore(kept);
  assert.equal(again.of("e")[0].state, "failed");
  await again.retry("un");
  assert.deepEqual(sent, ["un"]);
  assert.deepEqual(kept, []);
});

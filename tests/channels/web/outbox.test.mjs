import assert from "node:assert/strict";
import test from "node:test";

import { createOutbox } from "../../../channels/web/static/outbox.js";

function outboxWith(...ids) {
  const saves = [];
  const outbox = createOutbox(null, (items) => saves.push(items));
  ids.forEach((id) => outbox.add({ id, text: `texte ${id}` }));
  return { outbox, saves };
}

const own = (seq, id = "z") => ({ seq, author: "person", id });
const ids = (items) => items.map((item) => item.id);

test("messages leave in the order they were written", () => {
  const { outbox } = outboxWith("a", "b");
  assert.equal(outbox.head().id, "a");
  outbox.accept("a", 1);
  assert.equal(outbox.head().id, "b");
});

test("every change is kept, so that a reload sends again under the same id", () => {
  const { outbox, saves } = outboxWith("a");
  outbox.sending("a");
  const later = createOutbox(saves[saves.length - 1], () => {});
  assert.deepEqual(later.head(), { id: "a", text: "texte a", choice: undefined, state: "waiting" });
});

test("a message accepted before the reload is not sent again", () => {
  const { outbox, saves } = outboxWith("a");
  outbox.accept("a", 3);
  assert.equal(createOutbox(saves[saves.length - 1], () => {}).head(), null);
});

test("an accepted message stays in sight until the thread shows it", () => {
  const { outbox } = outboxWith("a");
  outbox.accept("a", 3);
  assert.deepEqual(ids(outbox.visible()), ["a"]);
  outbox.settle([own(3)], (seq) => seq === 3);
  assert.deepEqual(outbox.visible(), []);
});

test("seen in the thread before its POST answers, a message does not stand twice", () => {
  const { outbox } = outboxWith("a", "b");
  outbox.sending("a");
  outbox.settle([own(1, "a")], () => false);
  assert.deepEqual(ids(outbox.visible()), ["b"]);
  outbox.accept("a", 1);
  assert.deepEqual(ids(outbox.unsent()), ["b"]);
});

test("kept from before a reload and already on the server, a message does not stand twice", () => {
  const { outbox, saves } = outboxWith("a");
  outbox.sending("a");
  const later = createOutbox(saves[saves.length - 1], () => {});
  later.settle([own(1, "a")], () => false);
  assert.deepEqual(later.visible(), []);
});

test("what another tab wrote hides nothing that is on its way", () => {
  const { outbox } = outboxWith("a");
  outbox.sending("a");
  outbox.settle([own(1, "other")], () => false);
  assert.deepEqual(ids(outbox.visible()), ["a"]);
});

test("the late echo of one message does not hide the next", () => {
  const { outbox } = outboxWith("a", "b");
  outbox.accept("a", 1);
  outbox.sending("b");
  outbox.settle([own(1)], (seq) => seq === 1);
  assert.deepEqual(ids(outbox.visible()), ["b"]);
});

test("what Hent says hides nothing that is on its way", () => {
  const { outbox } = outboxWith("a");
  outbox.sending("a");
  outbox.settle([{ seq: 1, author: "assistant" }], () => false);
  assert.deepEqual(ids(outbox.visible()), ["a"]);
});

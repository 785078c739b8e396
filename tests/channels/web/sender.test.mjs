import assert from "node:assert/strict";
import test from "node:test";

import { createOutbox } from "../../../channels/web/static/outbox.js";
import { createSender } from "../../../channels/web/static/sender.js";

const ok = (seq) => ({ status: 202, body: { seq }, retryAfter: null });
const status = (number, retryAfter = null) => ({ status: number, body: { message: `refus ${number}` }, retryAfter });

/** A sender over answers given one after the other; `seen` tells what left and what was said. */
function rig(answers, token = "jeton") {
  const seen = { posts: [], slept: [], said: [], refused: [], gone: [], failed: 0 };
  const outbox = createOutbox(null, () => {});
  const sender = createSender({
    outbox,
    transport: {
      async post(bearer, message) {
        seen.posts.push([bearer, message.id]);
        return answers.shift();
      },
    },
    session: {
      token: () => token,
      async open() {
        const opened = answers.shift();
        if (opened.status === 201) token = opened.body.token;
        return opened;
      },
    },
    on: {
      change() {},
      link() {},
      say: (text) => seen.said.push(text),
      refused: (item, text) => seen.refused.push([item.text, text]),
      gone: (items) => seen.gone.push(...items.map((item) => item.text)),
      failed: () => (seen.failed += 1),
    },
    signal: new AbortController().signal,
    rest: { sleep: async (time) => seen.slept.push(time), wake() {} },
  });
  return { outbox, sender, seen };
}

test("a lost answer is asked for again under the same id", async () => {
  const { outbox, sender, seen } = rig([status(0), status(502), ok(1)]);
  outbox.add({ id: "a", text: "bonjour" });
  await sender.flush();
  assert.deepEqual(seen.posts, [["jeton", "a"], ["jeton", "a"], ["jeton", "a"]]);
  assert.equal(outbox.head(), null);
});

test("the conversation is opened by the first message, and tried again like it", async () => {
  const { outbox, sender, seen } = rig([status(503), { status: 201, body: { token: "neuf" }, retryAfter: null }, ok(1)], null);
  outbox.add({ id: "a", text: "bonjour" });
  await sender.flush();
  assert.deepEqual(seen.posts, [["neuf", "a"]]);
});

test("too many requests wait as long as asked, then leave", async () => {
  const { outbox, sender, seen } = rig([status(429, "7"), ok(1)]);
  outbox.add({ id: "a", text: "bonjour" });
  await sender.flush();
  assert.deepEqual(seen.slept, [7000]);
  assert.deepEqual(seen.said, ["refus 429", ""]);
});

test("a refused message gives its text back and does not hold the next", async () => {
  const { outbox, sender, seen } = rig([status(422), ok(1)]);
  outbox.add({ id: "a", text: "trop long" });
  outbox.add({ id: "b", text: "court" });
  await sender.flush();
  assert.deepEqual(seen.refused, [["trop long", "refus 422"]]);
  assert.deepEqual(seen.posts.map((post) => post[1]), ["a", "b"]);
});

test("a closed conversation gives back every text not sent", async () => {
  const { outbox, sender, seen } = rig([status(401)]);
  outbox.add({ id: "a", text: "un" });
  outbox.add({ id: "b", text: "deux" });
  await sender.flush();
  assert.deepEqual(seen.gone, ["un", "deux"]);
});

test("after six tries the person decides, and trying again sends it", async () => {
  const { outbox, sender, seen } = rig([0, 0, 0, 0, 0, 0].map((number) => status(number)).concat(ok(1)));
  outbox.add({ id: "a", text: "bonjour" });
  await sender.flush();
  assert.equal(seen.failed, 1);
  assert.equal(outbox.head().state, "failed");
  await sender.flush();
  assert.equal(outbox.head(), null);
});

test("the answer lost and the message seen in the thread, nobody is told that it did not leave", async () => {
  const { outbox, sender, seen } = rig([0, 0, 0, 0, 0].map((number) => status(number)));
  outbox.add({ id: "a", text: "bonjour" });
  seen.slept.push = () => seen.posts.length === 5 && outbox.settle([{ id: "a" }], () => false);
  await sender.flush();
  assert.equal(seen.failed, 0);
  assert.equal(seen.posts.length, 5);
});

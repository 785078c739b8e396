import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { createTransport } from "../../../channels/web/static/transport.js";

/** What a call says of this answer. */
const answered = (status, body) =>
  createTransport({ send: async () => new Response(body, { status }), hidden: () => false }).open();

test("half of a good answer is no answer: it is asked for again", async () => {
  assert.deepEqual(await answered(201, '{"conversation": "a", "tok'), { status: 0, body: null, retryAfter: null });
});

test("the page of error of a proxy keeps its status", async () => {
  assert.deepEqual(await answered(502, "<h1>Bad gateway</h1>"), { status: 502, body: null, retryAfter: null });
});

test("an answer without a body has none", async () => {
  assert.deepEqual(await answered(204, null), { status: 204, body: null, retryAfter: null });
});

/** A stream that opens, says one thing and then nothing. */
async function mute(path, { signal }) {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode(": still here\n\n"));
      signal.addEventListener("abort", () => stream.error(new Error("cut")));
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

test("a line that died while the laptop slept is left a few seconds after it wakes", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let date = 0;
  mock.method(Date, "now", () => date);
  const outcome = createTransport({ send: mute, hidden: () => false }).stream("jeton", 0, () => {});
  await new Promise(setImmediate);
  mock.timers.tick(10000);
  date += 3600000;
  mock.timers.tick(5000);
  assert.deepEqual(await outcome, { status: 200, readable: true, heard: true, mute: false });
  mock.timers.reset();
  mock.restoreAll();
});

/** A proxy that keeps the whole answer until its end. */
const held = (path, { signal }) =>
  new Promise((answer, refuse) => signal.addEventListener("abort", () => refuse(new Error("cut"))));

test("a stream of which not a word comes is mute, and not waited for as long as one that spoke", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const outcome = createTransport({ send: held, hidden: () => false }).stream("jeton", 0, () => {});
  mock.timers.tick(5000);
  mock.timers.tick(5000);
  assert.deepEqual(await outcome, { status: 0, readable: false, heard: false, mute: true });
  mock.timers.reset();
});

test("a line that is down is no mute stream", async () => {
  const down = async () => Promise.reject(new Error("unreachable"));
  const outcome = await createTransport({ send: down, hidden: () => false }).stream("jeton", 0, () => {});
  assert.deepEqual(outcome, { status: 0, readable: false, heard: false, mute: false });
});

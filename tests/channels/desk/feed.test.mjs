import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { createFeed } = await load("feed.js");

const event = (number) => `id: ${number}\ndata: {"number": ${number}, "kind": "message", "escalation": "e"}\n\n`;

function stream(...numbers) {
  return new Response(numbers.map(event).join(""), { status: 200 });
}

/** Plays `answers` one stream after the other, then ends the session; says what was asked for and heard. */
async function play(answers, { fresh = async () => 0, cursor = 0 } = {}) {
  const seen = { after: [], heard: [], links: [], ended: 0 };
  const open = async (after) => {
    seen.after.push(after);
    const next = answers.shift() || new Response(null, { status: 401 });
    if (next instanceof Error) throw next;
    return next;
  };
  const on = {
    event: ({ number }) => seen.heard.push(number),
    link: (up) => seen.links.push(up),
    ended: () => (seen.ended += 1),
    fresh,
  };
  await createFeed({ open, on, rest: { sleep: async () => {}, wake() {} } }).start(cursor);
  return seen;
}

test("it begins after the number that the queue was read at", async () => {
  assert.deepEqual((await play([], { cursor: 12 })).after, [12]);
});

test("after a cut it asks for everything past the last number seen", async () => {
  const seen = await play([stream(1, 2), new TypeError("cut"), stream(3)]);
  assert.deepEqual(seen.after, [0, 2, 2, 3]);
  assert.deepEqual(seen.heard, [1, 2, 3]);
});

test("what was already heard is not heard twice", async () => {
  assert.deepEqual((await play([stream(1, 2), stream(2, 3)])).heard, [1, 2, 3]);
});

test("when the number is too old the queue is read anew, and its number is the next", async () => {
  const seen = await play([new Response(null, { status: 410 }), stream(41)], { fresh: async () => 40, cursor: 3 });
  assert.deepEqual(seen.after, [3, 40, 41]);
  assert.deepEqual(seen.heard, [41]);
});

test("a queue that could not be read anew is asked for again", async () => {
  const cursors = [null, 40];
  const gone = () => new Response(null, { status: 410 });
  const seen = await play([gone(), gone()], { fresh: async () => cursors.shift(), cursor: 3 });
  assert.deepEqual(seen.after, [3, 3, 40]);
});

test("a queue that was never read is read first, however often it takes, and nothing is asked for from 0", async () => {
  const cursors = [null, null, 40];
  const seen = await play([stream(41)], { fresh: async () => cursors.shift(), cursor: null });
  assert.deepEqual(seen.after, [40, 41]);
  assert.deepEqual(seen.heard, [41]);
});

test("a line that is down is told, and told again once it is up", async () => {
  assert.deepEqual((await play([new TypeError("cut"), stream(1)])).links, [false, true]);
});

test("a session that is over ends the feed", async () => {
  assert.equal((await play([])).ended, 1);
});

test("when the network is back, a line from before is given up and taken up again at once", async () => {
  const after = [];
  const open = async (last, signal) => {
    after.push(last);
    if (after.length > 1) return new Response(null, { status: 401 });
    // A stream that says one thing, and then nothing more until it is given up.
    return new Response(
      new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode(event(7)));
          signal.addEventListener("abort", () => stream.error(new Error("given up")));
        },
      }),
      { status: 200 }
    );
  };
  const on = { event: () => setTimeout(() => feed.nudge()), link() {}, ended() {}, fresh: async () => 0 };
  const feed = createFeed({ open, on, rest: { sleep: async () => {}, wake() {} } });
  await feed.start(6);
  assert.deepEqual(after, [6, 7]);
});

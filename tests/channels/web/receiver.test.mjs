import assert from "node:assert/strict";
import test from "node:test";

import { createReceiver } from "../../../channels/web/static/receiver.js";
import { createThread } from "../../../channels/web/static/thread.js";

/** A small generator of chances, so that a failing run can be run again. */
function chances(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** Plays one conversation of `count` messages over a bad line: lost reads, small pages, cut streams, lost pushes. */
async function play(seed, count, streams = true) {
  const chance = chances(seed);
  const server = Array.from({ length: count }, (_, index) => ({ seq: index + 1, author: "assistant", text: "" }));
  const life = new AbortController();
  const thread = createThread();
  const drawn = [];
  let turns = 0;
  let said = 1;
  // Messages come while the page streams or waits, so that reads alone cannot bring them all.
  const known = () => server.slice(0, said);
  const transport = {
    async read(token, after, wait) {
      if (thread.last() === count || (turns += 1) > 1000) life.abort();
      if (wait) said = Math.min(count, said + chance(3));
      if (chance(4) === 0) return { status: [0, 503, 502][chance(3)], body: null };
      return { status: 200, body: { mode: "assistant", messages: known().slice(after, after + 1 + chance(4)) } };
    },
    async stream(token, after, onEvent) {
      if (!streams) return { status: 404, readable: false, heard: false };
      said = Math.min(count, said + chance(6));
      for (const message of known().slice(after)) {
        if (chance(3)) onEvent({ event: "message", data: JSON.stringify(message) });
      }
      return { status: chance(3) ? 200 : 0, readable: true, heard: Boolean(chance(2)) };
    },
  };
  await createReceiver({
    transport,
    token: "jeton",
    thread,
    on: { messages: (list) => drawn.push(...thread.take(list)), mode() {}, first() {}, link() {}, gone() {} },
    signal: life.signal,
    rest: { sleep: async () => {}, wake() {} },
  }).run();
  return { thread, drawn, server };
}

test("after any sequence of cuts the page shows what the server holds, each once and in order", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { thread, drawn, server } = await play(seed, 30);
    assert.deepEqual(thread.all(), server, `seed ${seed}`);
    assert.equal(drawn.length, server.length, `seed ${seed}`);
  }
});

test("without streams long reads bring the same", async () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const { thread, server } = await play(seed, 30, false);
    assert.deepEqual(thread.all(), server, `seed ${seed}`);
  }
});

test("a gap is filled while the stream stays open", async () => {
  const life = new AbortController();
  const thread = createThread();
  const server = [1, 2, 3].map((seq) => ({ seq, author: "assistant", text: "" }));
  let said = 1;
  await createReceiver({
    transport: {
      read: async (token, after) => ({ status: 200, body: { mode: "assistant", messages: server.slice(after, said) } }),
      async stream(token, after, onEvent) {
        said = 3;
        onEvent({ event: "message", data: JSON.stringify(server[2]) });
        for (let turn = 0; turn < 20; turn += 1) await null;
        life.abort();
        return { status: 0, readable: true, heard: true };
      },
    },
    token: "jeton",
    thread,
    on: { messages: (list) => thread.take(list), mode() {}, first() {}, link() {}, gone() {} },
    signal: life.signal,
    rest: { sleep: async () => {}, wake() {} },
  }).run();
  assert.deepEqual(thread.all(), server);
});

const MUTE = {
  "open and stay mute": { status: 200, readable: true, heard: false, mute: false },
  "are held back by a proxy": { status: 0, readable: false, heard: false, mute: true },
};

for (const [what, outcome] of Object.entries(MUTE)) {
  test(`two streams that ${what} are enough: long reads take over`, async () => {
    const life = new AbortController();
    const calls = [];
    await createReceiver({
      transport: {
        async read(token, after, wait) {
          calls.push(wait ? "long" : "read");
          if (wait) life.abort();
          return { status: 200, body: { mode: "assistant", messages: [] } };
        },
        async stream() {
          calls.push("stream");
          return outcome;
        },
      },
      token: "jeton",
      thread: createThread(),
      on: { messages() {}, mode() {}, first() {}, link() {}, gone() {} },
      signal: life.signal,
      rest: { sleep: async () => {}, wake() {} },
    }).run();
    assert.deepEqual(calls, ["read", "stream", "read", "stream", "long"]);
  });
}

test("a token no longer good ends the conversation, once", async () => {
  let gone = 0;
  await createReceiver({
    transport: { read: async () => ({ status: 401, body: null }) },
    token: "vieux",
    thread: createThread(),
    on: { messages() {}, mode() {}, first() {}, link() {}, gone: () => (gone += 1) },
    signal: new AbortController().signal,
    rest: { sleep: async () => {}, wake() {} },
  }).run();
  assert.equal(gone, 1);
});

/** Reads that answer `body()`, then one stream that pushes `pushed`; returns what the page was told, in order. */
async function told(body, ...pushed) {
  const life = new AbortController();
  const news = [];
  await createReceiver({
    transport: {
      read: async () => ({ status: 200, body: body() }),
      async stream(token, after, onEvent) {
        pushed.forEach(([event, value]) => onEvent({ event, data: JSON.stringify(value) }));
        life.abort();
        return { status: 0, readable: true, heard: true };
      },
    },
    token: "jeton",
    thread: createThread(),
    on: {
      messages: (list) => news.push(...list.map((message) => message.seq)),
      first: (seq) => news.push(`first ${seq}`),
      mode() {},
      link() {},
      gone() {},
    },
    signal: life.signal,
    rest: { sleep: async () => {}, wake() {} },
  }).run();
  return news;
}

test("a read tells what was erased after what it brings: that may be erased already", async () => {
  const pages = [[{ seq: 5, author: "person", text: "" }], []];
  const news = await told(() => ({ mode: "assistant", first: 6, messages: pages.shift() }));
  assert.deepEqual(news, [5, "first 6", "first 6"]);
});

test("what is erased while the page follows the stream is told by the stream", async () => {
  const news = await told(() => ({ mode: "assistant", first: 1, messages: [] }), ["first", { first: 4 }]);
  assert.deepEqual(news, ["first 1", "first 4"]);
});

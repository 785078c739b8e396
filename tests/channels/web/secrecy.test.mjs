import assert from "node:assert/strict";
import test from "node:test";

import { createReceiver } from "../../../channels/web/static/receiver.js";
import { createThread } from "../../../channels/web/static/thread.js";

function chances(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** A conversation whose person is known, and not any more, at any moment; every third message is about their file. */
async function play(seed, count = 20) {
  const chance = chances(seed);
  const life = new AbortController();
  const thread = createThread();
  let said = 1;
  let since = null;
  let turns = 0;
  const shown = () =>
    Array.from({ length: said }, (_, index) => {
      const seq = index + 1;
      const hidden = seq % 3 === 0 && since === null;
      return { seq, author: "assistant", text: hidden ? "cachée" : `réponse ${seq}`, hidden };
    });
  const state = () => ({ mode: "assistant", known_since: since });

  function goOn() {
    turns += 1;
    if (turns < 60) {
      said = Math.min(count, said + chance(3));
      if (chance(3) === 0) since = since ? null : `2026-11-26T0${chance(9)}:00:00Z`;
    } else if (turns > 120) life.abort();
  }

  const transport = {
    async read(token, after) {
      goOn();
      if (turns < 60 && chance(4) === 0) return { status: 0, body: null };
      return { status: 200, body: { ...state(), messages: shown().slice(after, after + 1 + chance(4)) } };
    },
    async stream(token, after, onEvent) {
      onEvent({ event: "mode", data: JSON.stringify(state()) });
      for (const message of shown().slice(after)) onEvent({ event: "message", data: JSON.stringify(message) });
      goOn();
      onEvent({ event: "mode", data: JSON.stringify(state()) });
      return { status: 200, readable: true, heard: true };
    },
  };
  await createReceiver({
    transport,
    token: "jeton",
    thread,
    on: { messages: (list) => thread.take(list), mode() {}, first() {}, link() {}, gone() {} },
    signal: life.signal,
    rest: { sleep: async () => {}, wake() {} },
  }).run();
  return { thread, server: shown() };
}

test("what is hidden and what is shown on the page follow who is known, whatever the network does", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { thread, server } = await play(seed);
    assert.deepEqual(thread.all(), server, `seed ${seed}`);
  }
});

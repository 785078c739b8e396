// Brings every message of the conversation, whatever the network does: a read after the last seq known, then the
// stream; again after each cut. Where streams do not get through (old proxies buffer them), long reads instead.

import { createRest, delay } from "./backoff.js";

const LONG_READ = 25;
// Twice: a single mute stream can be a telephone that changed network.
const MUTE_STREAMS = 2;
const BREATH = 300;

/**
 * `on` is `{messages(list), mode(name, who, known), first(seq), gone(), link(up, told)}`; first is the first message
 * still kept, who the first name of the caseworker who answers, known whether it is known who reads.
 */
export function createReceiver({ transport, token, thread, on, signal, rest = createRest() }) {
  let mute = 0;
  let failures = 0;
  let ended = false;
  let known;
  let stale = false;

  /** Who answers, and since when it is known who reads: when that changes, what was read before is read again. */
  function stands({ mode, who, known_since: since = null }) {
    stale = stale || (known !== undefined && known !== since);
    known = since;
    on.mode(mode, who, Boolean(since));
  }

  /** Resolves to what came, or to null if the server did not answer. */
  async function read(wait, after = thread.last()) {
    const answer = await transport.read(token, after, wait, signal);
    if (signal.aborted) return [];
    if (answer.status === 401 || answer.status === 404) return leave();
    const good = answer.status === 200 && answer.body;
    on.link(Boolean(good) || answer.status === 429, answer.body && answer.body.message);
    if (!good) return null;
    stands(answer.body);
    on.messages(answer.body.messages);
    on.first(answer.body.first);
    return answer.body.messages;
  }

  /** Reads what is on the page already, from its beginning. Resolves like `read`. */
  async function readAgain() {
    let after = 0;
    let batch = [];
    stale = false;
    do {
      batch = await read(0, after);
      if (batch && batch.length) after = batch[batch.length - 1].seq;
    } while (batch && batch.length && after < thread.last());
    if (!batch) stale = true;
    return batch;
  }

  function leave() {
    if (!ended) on.gone();
    ended = true;
    return [];
  }

  let reading = null;
  let asked = false;

  /** Reads until nothing more comes: the server may answer page by page. Resolves to false if it did not answer. */
  function catchUp() {
    // A gap seen while a read is on its way may be later than that read: it is remembered, not dropped.
    asked = true;
    if (!reading) {
      reading = readToEnd().finally(() => {
        reading = null;
      });
    }
    return reading;
  }

  async function readToEnd() {
    let batch = [];
    while (batch && (asked || stale || batch.length)) {
      asked = false;
      batch = await (stale ? readAgain() : read(0));
    }
    return batch !== null;
  }

  async function once() {
    if (mute >= MUTE_STREAMS) return (await read(LONG_READ)) !== null && (!stale || catchUp());
    return (await catchUp()) && (ended || signal.aborted || follow());
  }

  function onEvent({ event, data }) {
    const value = JSON.parse(data);
    if (event === "mode") {
      stands(value);
      if (stale) catchUp();
    } else if (event === "first") on.first(value.first);
    else if (event !== "message") return;
    else if (thread.follows(value)) on.messages([value]);
    else catchUp();
  }

  async function follow() {
    const outcome = await transport.stream(token, thread.last(), onEvent, signal);
    if (outcome.status === 401) leave();
    if (outcome.status === 200 && !outcome.readable) mute = MUTE_STREAMS;
    else if (outcome.status >= 400 && outcome.status < 500) mute = MUTE_STREAMS;
    else if (outcome.status === 200 || outcome.mute) mute = outcome.heard ? 0 : mute + 1;
    return outcome.status === 200;
  }

  async function run() {
    while (!signal.aborted && !ended) {
      const good = await once();
      failures = good ? 0 : failures + 1;
      if (!signal.aborted && !ended) await rest.sleep(failures ? delay(failures) : BREATH);
    }
  }

  return {
    run,
    /** The page is looked at again, or the network is back. */
    nudge() {
      rest.wake();
      if (!ended) catchUp();
    },
  };
}

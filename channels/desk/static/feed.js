// What changes in the queue, by number and never by time: after a cut, everything past the last number seen.

import { createRest, delay } from "/static/backoff.js";
import { createParser } from "/static/sse.js";

// The server sends a heartbeat every 15 s: two missed and a bit, and the line is dead even if the computer thinks not.
const SILENCE = 40000;
const BREATH = 300;
// The server's word for a number that is too old, and ours for none.
const UNREAD = 410;

/**
 * `open(after, signal)` answers like fetch. `on` is `{event(told), link(up), ended(), fresh()}`, told being
 * `{number, kind, escalation, by, rings, urgent}`; fresh reads the queue anew and resolves to its cursor, or to null when it could not.
 */
export function createFeed({ open, on, rest = createRest() }) {
  // null: the queue was never read, and there is no number to listen from.
  let last = null;
  let stopped = null;
  let cut = null;

  function heard({ data }) {
    const event = JSON.parse(data);
    if (event.number <= last) return;
    last = event.number;
    on.event(event);
  }

  async function readAll(body, renew) {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = createParser(heard);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      renew();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }

  /** One stream, until it ends. Returns its status; 0: nobody answered. */
  async function listen(signal) {
    cut = limit(signal);
    let status = 0;
    try {
      const response = await open(last, cut.signal);
      status = response.status;
      if (status === 200) {
        on.link(true);
        await readAll(response.body, cut.renew);
      }
    } catch (broken) {
      // A cut line ends the stream like a closed one: what was missed is asked for either way.
    } finally {
      cut.release();
    }
    return status;
  }

  async function restart() {
    const cursor = await on.fresh();
    if (cursor === null) return false;
    last = cursor;
    return true;
  }

  async function run(signal) {
    let failures = 0;
    while (!signal.aborted) {
      const status = last === null ? UNREAD : await listen(signal);
      if (signal.aborted) return;
      if (status === 401) return on.ended();
      const good = status === UNREAD ? await restart() : status === 200;
      if (signal.aborted) return;
      failures = good ? 0 : failures + 1;
      if (failures) on.link(false);
      await rest.sleep(failures ? delay(failures) : BREATH);
    }
  }

  return {
    last: () => last,
    /** Listens past `cursor`, until `stop`; null: once the queue could be read. */
    start(cursor) {
      last = cursor;
      stopped = new AbortController();
      return run(stopped.signal);
    },
    stop() {
      if (stopped) stopped.abort();
      rest.wake();
    },
    /** The network is back: a line from before may be dead without knowing it. */
    nudge() {
      if (cut) cut.drop();
      rest.wake();
    },
  };
}

function limit(outer) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, SILENCE);
  outer.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    drop: abort,
    renew() {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE);
    },
    release() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}

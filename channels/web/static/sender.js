// Sends the outbox, one message at a time and in order, until each is accepted, refused or given up.

import { createRest, delay } from "./backoff.js";
import { verdict } from "./verdict.js";

// With waits of 1, 2, 4, 8 and 16 s this is half a minute: after that the person decides.
const TRIES = 6;

/**
 * `session` is `{token(), open(signal)}`, open answering like a POST; `on` is
 * `{change(), say(text), refused(item, text), gone(items), failed(text), link(up)}`.
 */
export function createSender({ transport, outbox, session, on, signal, rest = createRest() }) {
  let running = false;
  let tries = 0;

  async function attempt(item) {
    if (!session.token()) {
      const opened = await session.open(signal);
      if (verdict(opened).kind !== "accepted") return opened;
    }
    const message = { id: item.id, text: item.text };
    return transport.post(session.token(), item.choice ? Object.assign(message, { choice: item.choice }) : message, signal);
  }

  /** Deals with one answer. Returns whether to go on with the outbox. */
  async function conclude(item, answer) {
    const { kind, say, after } = verdict(answer);
    on.link(answer.status !== 0);
    if (kind === "gone") {
      on.gone(outbox.unsent());
      return false;
    }
    if (kind === "retry") return again(item, say, after);
    tries = 0;
    if (kind === "accepted") outbox.accept(item.id, answer.body.seq);
    else outbox.remove(item.id);
    on.change();
    if (kind === "refused") on.refused(item, say);
    else on.say("");
    return true;
  }

  async function again(item, say, after) {
    // The answer was lost, and the thread has shown the message meanwhile.
    if (!outbox.has(item.id)) return true;
    tries += 1;
    if (say) on.say(say);
    if (tries >= TRIES) {
      outbox.fail(item.id);
      on.change();
      on.failed(say);
      return false;
    }
    await rest.sleep(after === null ? delay(tries) : after);
    return true;
  }

  async function flush() {
    if (running) return;
    running = true;
    let goOn = true;
    while (goOn && !signal.aborted && outbox.head()) {
      const item = outbox.head();
      outbox.sending(item.id);
      on.change();
      const answer = await attempt(item);
      goOn = !signal.aborted && (await conclude(item, answer));
    }
    running = false;
  }

  return {
    flush,
    /** Try now: the network is back, or the person asks. */
    nudge() {
      tries = 0;
      rest.wake();
      flush();
    },
  };
}

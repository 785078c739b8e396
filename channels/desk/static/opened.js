// The requests that are open, one of them on the screen: what is known of each, and its messages without a gap.

import { AGAIN, allowed, concluded, pause } from "./acting.js";
import { createLog } from "./log.js";

/**
 * `on` is `{draw(), say(text), ended(text)}`: what is said is about the request on the screen, and about no other.
 * `role()` is that of whoever is signed in. What could not be read is asked for again, until it is.
 */
export function createOpened({ api, on, role = () => null, later = (...args) => setTimeout(...args) }) {
  const all = new Map();
  let current = null;
  let busy = false;

  function hold(id) {
    if (!all.has(id)) {
      const one = { id, known: null, lost: false, failures: 0, again: false };
      one.log = createLog(reader(one));
      all.set(id, one);
    }
    return all.get(id);
  }

  function reader(one) {
    return async (after) => {
      const answer = await api.thread(one.id, after);
      if (all.get(one.id) !== one) return null;
      const { done, ended, say } = concluded(answer);
      one.lost = answer.status === 404;
      if (ended) on.ended(say);
      else if (!done) failed(one);
      if (!done) return null;
      if (one.failures && one === current) on.say("");
      one.failures = 0;
      one.known = answer.body;
      return answer.body.messages;
    };
  }

  /** The feed has told, and will not tell again: nothing else would bring what this reading missed. */
  function failed(one) {
    one.failures += 1;
    if (one === current) on.say(AGAIN);
    if (one.again || one.lost) return;
    one.again = true;
    later(() => {
      one.again = false;
      if (one.failures) refresh(one.id);
    }, pause(one.failures));
  }

  async function refresh(id = current && current.id) {
    const one = all.get(id);
    if (!one) return [];
    const added = await one.log.catchUp();
    if (all.get(id) !== one) return [];
    on.draw();
    return added;
  }

  /** Resolves to what `concluded` makes of the answer; a second press meanwhile does nothing. */
  async function act(name, more) {
    if (!current || !current.known || busy) return { done: false, changed: false, say: "" };
    busy = true;
    const one = current;
    const answer = await api.act(one.id, name, Object.assign({ version: one.known.version }, more));
    busy = false;
    const result = concluded(answer);
    if (result.ended) on.ended(result.say);
    else if (one === current) on.say(result.say);
    if (result.changed) await refresh(one.id);
    return result;
  }

  /** Tells what the caseworker has on the screen, and whether that was news; unanswered, it is told again later. */
  async function read() {
    const one = current;
    if (!one || !one.known || !one.known.unread) return false;
    const unread = one.known.unread;
    one.known.unread = 0;
    const { status } = await api.markRead(one.id, one.log.last());
    if (status !== 204) one.known.unread = unread;
    return status === 204;
  }

  return {
    id: () => current && current.id,
    known: () => current && current.known,
    messages: () => current.log.all(),
    actions: () => (current && current.known ? allowed(current.known, role()) : []),
    /** `[{id, known, lost}]` as they were opened; known is null until it is read, lost once it is out of reach. */
    all: () => [...all.values()],
    has: (id) => all.has(id),
    hold,
    open(id) {
      current = hold(id);
      return refresh();
    },
    close(id) {
      if (current && current.id === id) current = null;
      all.delete(id);
    },
    leave() {
      current = null;
      all.clear();
    },
    refresh,
    act,
    read,
  };
}

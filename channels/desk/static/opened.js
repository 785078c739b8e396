// The request that is open: what is known of it, its messages without a gap, and what may be done to it.

import { allowed, concluded } from "./acting.js";
import { createLog } from "./log.js";

/**
 * `on` is `{draw(opened), say(text), ended(text)}`. One at a time: an answer for a request that was left is dropped.
 */
export function createOpened({ api, on }) {
  let current = null;
  let busy = false;

  function reader(one) {
    return async (after) => {
      const answer = await api.thread(one.id, after);
      if (one !== current) return null;
      const { done, ended, say } = concluded(answer);
      if (ended) on.ended(say);
      else if (!done) on.say(say);
      if (!done) return null;
      one.known = answer.body;
      return answer.body.messages;
    };
  }

  async function refresh() {
    if (!current) return [];
    const one = current;
    const added = await one.log.catchUp();
    if (one === current && one.known) on.draw(one);
    return one === current ? added : [];
  }

  async function act(name, more) {
    if (!current || !current.known || busy) return false;
    busy = true;
    const one = current;
    const answer = await api.act(one.id, name, Object.assign({ version: one.known.version }, more));
    busy = false;
    const { done, changed, ended, say } = concluded(answer);
    if (ended) on.ended(say);
    else on.say(say);
    if (changed && one === current) await refresh();
    return done;
  }

  return {
    id: () => current && current.id,
    known: () => current && current.known,
    messages: () => current.log.all(),
    actions: () => (current && current.known ? allowed(current.known) : []),
    open(id) {
      const one = { id, known: null };
      one.log = createLog(reader(one));
      current = one;
      return refresh();
    },
    leave() {
      current = null;
    },
    refresh,
    act,
  };
}

// What the caseworker sends: kept for each conversation, under one id until it is stored, also across a reload.

import { uuid } from "/static/identifiers.js";

/**
 * `store(escalation, kind, item)` resolves to an answer; `change()` is called whenever something moves, `keep(items)`
 * with all that is not stored yet.
 */
export function createOutbox({ store, change, keep = () => {}, makeId = uuid }) {
  let items = [];

  function moved(next) {
    items = next;
    keep(items);
    change();
  }

  const set = (id, patch) => {
    moved(items.map((item) => (item.id === id ? Object.assign({}, item, patch) : item)));
  };

  async function send(item) {
    set(item.id, { state: "sending", say: "" });
    const answer = await store(item.escalation, item.kind, item);
    const stored = answer.status >= 200 && answer.status < 300;
    if (stored) moved(items.filter((one) => one.id !== item.id));
    else set(item.id, { state: "failed", say: (answer.body && answer.body.message) || "" });
    return answer;
  }

  return {
    /** Sends `text`; resolves to the last answer. */
    write(escalation, kind, text) {
      const item = { id: makeId(), escalation, kind, text, state: "sending", say: "" };
      items = items.concat([item]);
      return send(item);
    },
    /** Again, under the same id. */
    retry: (id) => send(items.find((item) => item.id === id)),
    /** The text comes back to be changed; what was sent is not kept here any more. */
    drop(id) {
      moved(items.filter((item) => item.id !== id));
    },
    /** After a reload nobody knows what arrived: the caseworker sends again, and the same id stays one message. */
    restore(kept) {
      items = kept.map((item) => Object.assign({}, item, { state: "failed", say: "La page a été rechargée." }));
    },
    clear() {
      items = [];
    },
    of: (escalation) => items.filter((item) => item.escalation === escalation),
  };
}

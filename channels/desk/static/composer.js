// What the caseworker writes: kept for each conversation, under one id until it is stored.

import { uuid } from "/static/identifiers.js";

/** `store(escalation, kind, item)` resolves to an answer; `change()` is called whenever something moves. */
export function createOutbox({ store, change, makeId = uuid }) {
  let items = [];

  const set = (id, patch) => {
    items = items.map((item) => (item.id === id ? Object.assign({}, item, patch) : item));
    change();
  };

  async function send(item) {
    set(item.id, { state: "sending", say: "" });
    const answer = await store(item.escalation, item.kind, item);
    const stored = answer.status >= 200 && answer.status < 300;
    if (stored) items = items.filter((one) => one.id !== item.id);
    if (stored) change();
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
      items = items.filter((item) => item.id !== id);
      change();
    },
    clear() {
      items = [];
    },
    of: (escalation) => items.filter((item) => item.escalation === escalation),
  };
}

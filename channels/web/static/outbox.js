// What the person wrote and the server has not yet shown back. Kept for the tab, so that a reload loses nothing.
// A message goes: waiting, sending, sent (has its seq), then leaves when the thread shows that seq. Or failed.

/** `saved` is what an earlier page kept (or null); `save(items)` is called at every change. */
export function createOutbox(saved, save) {
  let items = (saved || [])
    .filter((item) => item.state !== "sent")
    .map((item) => ({ id: item.id, text: item.text, choice: item.choice, state: "waiting" }));

  function set(next) {
    items = next;
    save(items);
  }

  function change(id, patch) {
    set(items.map((item) => (item.id === id ? Object.assign({}, item, patch) : item)));
  }

  return {
    add: (item) => set(items.concat([Object.assign({ state: "waiting" }, item)])),
    head: () => items.find((item) => item.state !== "sent") || null,
    has: (id) => items.some((item) => item.id === id),
    sending: (id) => change(id, { state: "sending" }),
    accept: (id, seq) => change(id, { state: "sent", seq }),
    fail: (id) => change(id, { state: "failed" }),
    remove: (id) => set(items.filter((item) => item.id !== id)),
    /**
     * Called with each arrival `added`; `reached(seq)` says how far the thread has come. What the thread shows is on the
     * server, even where the answer to its POST was lost: one that stayed here would stand twice.
     */
    settle(added, reached) {
      const shown = new Set(added.map((message) => message.id));
      const settled = (item) => shown.has(item.id) || (item.seq && reached(item.seq));
      if (items.some(settled)) set(items.filter((item) => !settled(item)));
    },
    visible: () => items,
    unsent: () => items.filter((item) => item.state !== "sent"),
  };
}

// What this tab remembers of what is being written, also across a reload: nothing of it outlives the tab, or a sign-out.

import { createStore, tabStorage } from "/static/storage.js";

const DRAFTS = "drafts";
const TABS = "tabs";
const UNSENT = "unsent";

/** Drafts by request and kind, what is not sent yet, and the requests that are open: of one account, `whose`. */
export function createKept(whose, store = createStore(tabStorage())) {
  const name = (what) => `desk.${whose}.${what}`;
  const drafts = () => store.read(name(DRAFTS)) || {};

  return {
    draft: (id, kind) => drafts()[`${kind} ${id}`] || "",
    write(id, kind, text) {
      const all = drafts();
      if (text) all[`${kind} ${id}`] = text;
      else delete all[`${kind} ${id}`];
      store.write(name(DRAFTS), all);
    },
    unsent: () => store.read(name(UNSENT)) || [],
    setUnsent: (items) => store.write(name(UNSENT), items),
    /** `{ids, current}`. */
    tabs: () => store.read(name(TABS)) || { ids: [], current: null },
    setTabs: (tabs) => store.write(name(TABS), tabs),
  };
}

/** Everything that any account wrote in this tab. */
export function forgetAll(store = createStore(tabStorage())) {
  store.clear();
}

// What the browser remembers, and only for this tab.
// sessionStorage and not localStorage: on a computer shared in a social centre or at home, closing the tab forgets
// the conversation. Nothing is written before the person's first message, so no consent banner is due.

const PREFIX = "hent.";

/** A small store over `area` (a Storage, or null). Values are JSON. When the browser refuses, memory takes over. */
export function createStore(area) {
  const memory = new Map();

  function read(name) {
    try {
      const kept = area.getItem(PREFIX + name);
      if (kept !== null) return JSON.parse(kept);
    } catch (refused) {
      // Storage switched off or written by an older version of the page: memory is enough for one visit.
    }
    return memory.has(name) ? memory.get(name) : null;
  }

  function write(name, value) {
    memory.set(name, value);
    try {
      area.setItem(PREFIX + name, JSON.stringify(value));
    } catch (refused) {
      // Full or forbidden (Safari, private window): the conversation still works until the page closes.
    }
  }

  function clear() {
    memory.clear();
    try {
      Object.keys(area).filter((key) => key.startsWith(PREFIX)).forEach((key) => area.removeItem(key));
    } catch (refused) {
      // Nothing was ever written there.
    }
  }

  return { read, write, clear };
}

/** The tab's own storage, or null where even naming it is refused (cookies blocked in Chrome). */
export function tabStorage() {
  try {
    return window.sessionStorage;
  } catch (refused) {
    return null;
  }
}

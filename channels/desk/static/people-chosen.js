// Who is chosen, over pages and filters; and the id of what is sent to them.

import { uuid } from "/static/identifiers.js";

// As the server: as many people as one caseworker follows.
export const AT_MOST = 120;

/** A set of people in the order in which they were chosen. */
export function createChosen() {
  const ids = new Set();
  return {
    ids: () => [...ids],
    size: () => ids.size,
    has: (id) => ids.has(id),
    /** Returns false when there are too many already. */
    set(id, on) {
      if (!on) ids.delete(id);
      else if (ids.size < AT_MOST || ids.has(id)) ids.add(id);
      else return false;
      return true;
    },
    clear: () => ids.clear(),
  };
}

/** One id for one text to the same people, however often it is tried; another for anything else. */
export function createOrder(makeId = uuid) {
  let key = null;
  let id = null;
  return {
    of(people, text) {
      const same = JSON.stringify([people, text]);
      if (same !== key) {
        key = same;
        id = makeId();
      }
      return { id, people, text };
    },
    done() {
      key = null;
    },
  };
}

// The queue as it is asked for: which part, which page, and what has not been read in each request.

import { concluded } from "./acting.js";
import { createQueue } from "./queue.js";

// Several things told at once are one reading.
const SOON = 200;
const MINUTE = 60000;

/** `open(item)` is called when a line is chosen, `ended(text)` when nobody is signed in any more. */
export function createListing({ at, api, opened, open, ended }) {
  const unread = new Map();
  let number = 1;
  let page = null;
  let timer = null;
  let latest = 0;
  const view = createQueue({
    places: {
      list: at("waiting"),
      empty: at("empty"),
      count: at("count"),
      pages: at("pages"),
      previous: at("previous"),
      next: at("next"),
    },
    open,
  });

  function draw() {
    if (page) view.draw(page, { opened: opened.id(), unread, number });
  }

  /** Resolves to the cursor of what was read, or to null. An answer that comes after a later one is dropped. */
  async function read() {
    latest += 1;
    const mine = latest;
    const answer = await api.queue(at("state").value, at("search").value.trim(), number);
    const result = concluded(answer);
    if (result.ended) ended(result.say);
    else if (!result.done) at("count").textContent = result.say;
    if (!result.done) return null;
    if (mine === latest) page = answer.body;
    draw();
    return answer.body.cursor;
  }

  function from(first) {
    number = first;
    return read();
  }

  at("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    from(1);
  });
  at("state").addEventListener("change", () => from(1));
  at("previous").addEventListener("click", () => from(number - 1));
  at("next").addEventListener("click", () => from(number + 1));
  // Ages grow while nothing happens.
  setInterval(draw, MINUTE);

  return {
    read,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(read, SOON);
    },
    unread: (id) => unread.set(id, (unread.get(id) || 0) + 1),
    seen(id) {
      unread.delete(id);
      draw();
    },
    missed: () => [...unread.values()].reduce((sum, count) => sum + count, 0),
  };
}

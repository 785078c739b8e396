// The queue as it is asked for: which part, which page, and when what has changed may be drawn.

import { AGAIN, concluded, pause } from "./acting.js";
import { createFilters } from "./filters.js";
import { heldStill, newcomers, sameOrder } from "./merging.js";
import { createQueue } from "./queue.js";

const SIZE = 50;
// Several things told at once are one reading.
const SOON = 200;
const MINUTE = 60000;
const NONE = new Set();

/** `open(item)` is called when a line is chosen, `ended(text)` when nobody is signed in any more. */
export function createListing({ at, api, opened, open, ended }) {
  const list = at("waiting");
  const view = createQueue({ list, open });
  const filters = createFilters({ at, changed: () => from(1) });
  let number = 1;
  let page = null;
  let shown = [];
  let gone = NONE;
  let over = false;
  let timer = null;
  let latest = 0;
  let failures = 0;

  function draw() {
    view.draw(shown, { opened: opened.id(), gone });
  }

  /** Whether somebody points at the list or reads in it: nothing may move under them. */
  const held = () => over || list.contains(document.activeElement);

  function arrive(asked) {
    if (asked || !held() || sameOrder(shown, page.items)) return settle();
    const still = heldStill(shown, page.items);
    shown = still.items;
    gone = still.gone;
    at("arrived").textContent = `${newcomers(still.waiting)}. Mettre à jour`;
    at("arrived").hidden = false;
    draw();
  }

  function settle() {
    shown = page.items;
    gone = NONE;
    // The button must not take the focus away with it.
    if (document.activeElement === at("arrived")) at("queue-title").focus();
    at("arrived").hidden = true;
    at("empty").hidden = shown.length > 0;
    at("count").textContent = page.total > 1 ? `${page.total} demandes` : `${page.total} demande`;
    at("pages").hidden = page.total <= SIZE;
    at("previous").disabled = number === 1;
    at("next").disabled = number * SIZE >= page.total;
    draw();
  }

  /** Resolves to the cursor of what was read, or to null. An answer that comes after a later one is dropped. */
  async function read(asked = false) {
    latest += 1;
    const mine = latest;
    const answer = await api.queue(Object.assign(filters.wanted(), { page: number }));
    const result = concluded(answer);
    if (result.ended) ended(result.say);
    else if (!result.done) failed();
    if (!result.done) return null;
    failures = 0;
    if (mine === latest) {
      page = answer.body;
      filters.label(page.counts);
      arrive(asked);
    }
    return answer.body.cursor;
  }

  /** What the feed told once is not told again: it is read until somebody answers. */
  function failed() {
    failures += 1;
    at("count").textContent = AGAIN;
    soon(pause(failures));
  }

  function soon(wait = SOON) {
    if (timer === null) timer = setTimeout(wake, wait);
  }

  function wake() {
    timer = null;
    read();
  }

  function from(first) {
    number = first;
    list.scrollTop = 0;
    return read(true);
  }

  function released() {
    if (page && !at("arrived").hidden && !held()) settle();
  }

  at("previous").addEventListener("click", () => from(number - 1));
  at("next").addEventListener("click", () => from(number + 1));
  at("arrived").addEventListener("click", settle);
  list.addEventListener("pointerenter", () => {
    over = true;
  });
  list.addEventListener("pointerleave", () => {
    over = false;
    released();
  });
  // Where the focus goes is known only afterwards.
  list.addEventListener("focusout", () => setTimeout(released));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    view.move(step);
  });
  // Ages grow while nothing happens.
  setInterval(draw, MINUTE);

  return {
    draw,
    read,
    move: view.move,
    soon: () => soon(),
    stop() {
      clearTimeout(timer);
      timer = null;
    },
    clear() {
      shown = [];
      draw();
    },
  };
}

// Several requests at once: which are open, which one is on the screen, and how one goes between them.

import { createTabs, neighbour } from "./tabs.js";

/** `kept()` remembers across a reload; `drawn()` is called whenever another request is on the screen, or none. */
export function createOpening({ at, opened, panel, kept, drawn }) {
  const tabs = createTabs({ nav: at("tabs"), list: at("tab-list"), show: open, close: shut });
  const ids = () => opened.all().map(({ id }) => id);

  function open(id) {
    const reading = opened.open(id);
    panel.open();
    moved();
    return reading;
  }

  function shut(id) {
    const all = ids();
    const next = all.length > 1 ? neighbour(all, id, all.indexOf(id) ? -1 : 1) : null;
    const here = opened.id() === id;
    opened.close(id);
    if (here && next) open(next);
    else moved();
    if (!opened.id()) {
      panel.close();
      at("queue-title").focus();
    }
  }

  function moved() {
    kept().setTabs({ ids: ids(), current: opened.id() });
    drawn();
  }

  return {
    open,
    shut,
    draw: () => tabs.draw(opened.all(), opened.id()),
    /** What was open before a reload, and on the screen `asked`, or what was there. */
    restore(asked) {
      const { ids: before, current } = kept().tabs();
      before.forEach(opened.hold);
      if (asked || current) open(asked || current);
    },
    /** To the neighbour, around the end. */
    turn(step) {
      const next = neighbour(ids(), opened.id(), step);
      if (next) open(next);
    },
    /** Requests that went out of reach are closed; how many. */
    drop() {
      const lost = opened.all().filter((one) => one.lost);
      lost.forEach(({ id }) => shut(id));
      return lost.length;
    },
  };
}

// Keeps the newest message in view, unless the person is reading higher up: then a button says that there is more.

import { words } from "./words.js";

// About two lines: a thumb that stopped just short of the end is still "at the end".
const NEAR = 80;
const MARGIN = 8;

/** `end` stands just after the field, `top` is the bar that stays, `button` is shown when something waits below. */
export function createFollower({ end, top, button }) {
  let waiting = 0;
  let first = null;

  const isAtEnd = () => end.getBoundingClientRect().top <= window.innerHeight + NEAR;

  function show() {
    const held = document.activeElement === button;
    button.hidden = waiting === 0;
    button.textContent = words.arrived(waiting);
    if (waiting) return;
    // A button that disappears would throw the focus back to the body: it goes where reading goes on.
    if (held && first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
    first = null;
  }

  function toEnd() {
    waiting = 0;
    show();
    window.scrollBy(0, end.getBoundingClientRect().top - window.innerHeight);
  }

  window.addEventListener(
    "scroll",
    () => {
      if (waiting && isAtEnd()) {
        waiting = 0;
        show();
      }
    },
    { passive: true }
  );
  /** Goes to the end, but never past the first line of what has just come: reading starts there. */
  function reveal(row) {
    toEnd();
    const above = row.getBoundingClientRect().top - top.getBoundingClientRect().bottom - MARGIN;
    if (above < 0) window.scrollBy(0, above);
  }

  button.addEventListener("click", () => reveal(first));

  return {
    isAtEnd,
    toEnd,
    reveal,
    /** `count` messages came out of sight, the first of them in `row`. */
    missed(count, row) {
      if (!count) return;
      first = first || row;
      waiting += count;
      show();
    },
  };
}

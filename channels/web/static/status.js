// The two passing states of a chat: an answer is being written, the line is down. Both may be wrong, and both pass.

import { fill } from "./text.js";
import { words } from "./words.js";

// Past half a minute nobody is writing: the sign would lie.
const TYPING_LASTS = 30000;
// A telephone that changes relay comes back in a second or two: no alarm for that.
const LINK_PATIENCE = 3000;
const LINK_BACK_LASTS = 4000;

/** `show(due, mark)`: due says if an answer is owed; the time runs again when `mark` changes. */
export function createTyping(sign) {
  let timer = null;
  let seen = null;

  function show(due, mark) {
    const now = due ? mark : null;
    if (now === seen) return;
    seen = now;
    clearTimeout(timer);
    sign.hidden = !due;
    if (due) timer = setTimeout(() => (sign.hidden = true), TYPING_LASTS);
  }

  return { show };
}

/** `is(up, told)`: called after each exchange; `told` is what the server said of the trouble, if it could. */
export function createLink(line) {
  let timer = null;
  let state = "up";

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  function say(text) {
    if (line.textContent !== text) fill(line, text, "system");
  }

  function is(up, told) {
    if (up && state === "down" && line.textContent) {
      say(words.linkBack);
      later(() => say(""), LINK_BACK_LASTS);
    } else if (up && state === "down") {
      clearTimeout(timer);
    } else if (!up && state === "up") {
      later(() => say(told || words.linkLost), LINK_PATIENCE);
    }
    state = up ? "up" : "down";
  }

  return { is };
}

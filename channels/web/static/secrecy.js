// What comes from a file hides once it is not known any more who reads: the server holds it back, the page says so.

import { words } from "./words.js";

/**
 * `prove` and `leave` are two buttons: to be recognised again, and not to be any more. `on` is `{ask(what)}`, which
 * resolves to the answer of the server, `{announce(text), say(text), settle()}`; settle takes the focus of what disappears.
 */
export function createSecrecy({ prove, leave }, on) {
  let shown = false;

  async function ask(what) {
    const { status } = await on.ask(what);
    on.say(status === 204 ? "" : words.notDone);
    if (status === 204) on.settle();
  }

  prove.addEventListener("click", () => ask("again"));
  leave.addEventListener("click", () => ask("end"));

  return {
    show({ messages, known, mode }) {
      const some = messages.some((message) => message.hidden);
      const held = document.activeElement === leave && !known;
      if (some && !shown) on.announce(words.hidden);
      shown = some;
      leave.hidden = !known;
      // While a caseworker reads what is written, nobody asks for a code.
      prove.hidden = !some || mode === "caseworker";
      if (held) on.settle();
    },
  };
}

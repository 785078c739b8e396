// "Parler à un humain", always in sight: it asks for one, or says that one answers already or is waited for.

import { words } from "./words.js";

/** `on` is `{ask(), announce(text)}`. Pressed twice it asks once. */
export function createHuman(button, on) {
  let told = "";

  // aria-disabled and not disabled: whoever stands on it with the keyboard would be thrown back to the body.
  button.addEventListener("click", () => (told ? on.announce(told) : on.ask()));

  return {
    /** `asking`: it was asked for, and no answer has come yet. */
    show({ mode, who }, asking) {
      const state = mode === "assistant" && asking ? "asking" : mode;
      const text = mode === "caseworker" && who ? words.human.named(who) : words.human[state];
      told = state === "assistant" ? "" : text;
      if (button.textContent !== text) button.textContent = text;
      button.setAttribute("aria-disabled", String(Boolean(told)));
    },
  };
}

/** Whether what the person wrote asks for a human, and is not answered yet. */
export function isAsking({ messages, pending, due }) {
  return pending.concat(due ? messages.slice(-1) : []).some((item) => item.text === words.human.sentence);
}

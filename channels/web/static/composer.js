// The field where the person writes.

import { words } from "./words.js";

const NEAR_END = 400;
// Read aloud only here: a counter read at each key would cover the person's own typing.
const SPOKEN = [200, 50, 0];

/** `parts` is `{form, field, counter}`; `on` is `{write(text), announce(text)}`. */
export function createComposer({ form, field, counter }, on) {
  function left() {
    return field.maxLength - field.value.length;
  }

  function refresh() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
    counter.textContent = left() < 0 ? words.over(-left()) : left() <= NEAR_END ? words.left(left()) : "";
    if (SPOKEN.includes(left())) on.announce(words.left(left()));
  }

  function submit() {
    const text = field.value.trim();
    if (text) {
      field.value = "";
      refresh();
      on.write(text);
    }
    field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", refresh);
  field.addEventListener("keydown", (event) => {
    // isComposing: Enter also accepts a suggestion of an input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener("pointerdown", () => {
    field.inputMode = "text";
  });

  return {
    focus: () => field.focus(),
    /** After a button: the focus comes to the field without the on-screen keyboard hiding the answer to come. */
    focusQuietly() {
      field.inputMode = "none";
      field.focus({ preventScroll: true });
    },
    /** Gives back a text that could not be sent, before whatever was written since. */
    restore(text) {
      field.value = [text, field.value].filter(Boolean).join("\n");
      refresh();
    },
    clear() {
      field.value = "";
      refresh();
    },
  };
}

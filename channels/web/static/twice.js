// What cannot be undone is asked twice: erasing the conversation, beginning another.

/**
 * `id` is the button's; its question, the words of it and both answers have ids that begin with it. `on` is
 * `{act(), question()}`: what is done, and what is asked if that depends.
 */
export function createAskedTwice(id, find, on) {
  const button = find(id);
  const [question, text, yes, no] = ["question", "words", "yes", "no"].map((part) => find(`${id}-${part}`));

  function ask(open) {
    if (open && on.question) text.textContent = on.question();
    question.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => {
    ask(question.hidden);
    if (!question.hidden) no.focus();
  });
  no.addEventListener("click", () => {
    ask(false);
    button.focus();
  });
  yes.addEventListener("click", () => {
    ask(false);
    on.act();
  });

  return {
    /** Shown only while there is something that it is about. */
    offer(some) {
      button.hidden = !some;
      if (!some) ask(false);
    },
  };
}

// "Effacer la conversation": asked twice, since it cannot be undone.

/** `parts` is `{button, question, yes, no}`; `erase()` does it. */
export function createEraser({ button, question, yes, no }, erase) {
  function ask(open) {
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
    erase();
  });

  return {
    /** Shown only while there is something to erase. */
    offer(some) {
      button.hidden = !some;
      if (!some) ask(false);
    },
  };
}

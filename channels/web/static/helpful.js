// "Cela vous aide ?", under the last answer of the assistant and no other: one press, which may be changed.

import { make } from "./text.js";
import { words } from "./words.js";

/**
 * `on` is `{judge(seq, helpful), judged(seq), announce(text), say(text), settle()}`: `judge` resolves to whether it was
 * kept, `judged` says what was said before (true, false or null), `settle` takes the focus of what disappears.
 */
export function createHelpful(on) {
  let group = null;
  let shown = null;
  let last = Promise.resolve();

  function leave() {
    if (!group) return;
    const held = group.contains(document.activeElement);
    group.remove();
    group = shown = null;
    if (held) on.settle();
  }

  /** One after the other: of two quick presses the last one counts, and thanks are said once. */
  function press(seq, helpful, mark) {
    mark(helpful);
    last = last.then(() => tell(seq, helpful, mark));
  }

  async function tell(seq, helpful, mark) {
    const before = on.judged(seq);
    if (!(await on.judge(seq, helpful))) {
      mark(before);
      return on.say(words.helpful.unkept);
    }
    on.say("");
    if (before === null) on.announce(words.helpful.kept);
  }

  function build(seq) {
    const line = make("p", "helpful-title", words.helpful.asks);
    const answers = [true, false].map((helpful) => {
      const button = make("button", "helpful-answer", helpful ? words.helpful.yes : words.helpful.no);
      button.type = "button";
      button.addEventListener("click", () => press(seq, helpful, mark));
      return button;
    });
    const kept = make("p", "helpful-kept");

    function mark(said) {
      answers.forEach((button, index) => button.setAttribute("aria-pressed", String(said === (index === 0))));
      kept.textContent = said === null ? "" : words.helpful.kept;
    }

    mark(on.judged(seq));
    const box = make("div", "helpful");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", words.helpful.asks);
    box.append(line, ...answers, kept);
    return box;
  }

  return {
    /** `row` is the element of the message `seq`; null where nothing is asked. */
    show(row, seq) {
      if (row === shown) return;
      leave();
      if (!row) return;
      shown = row;
      group = row.appendChild(build(seq));
    },
  };
}

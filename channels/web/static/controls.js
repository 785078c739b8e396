// The buttons around the thread, each with what it does.

import { createHelpful } from "./helpful.js";
import { createHuman } from "./human.js";
import { createSaver } from "./saver.js";
import { createSecrecy } from "./secrecy.js";
import { createAskedTwice } from "./twice.js";
import { words } from "./words.js";

/**
 * `talk()` is the conversation in hand and `view()` what shows it; `pick(text)` writes what a button says; `telling` is
 * `{announce(text), say(text), settle()}`.
 */
export function createControls({ find, talk, view, pick, telling }) {
  return {
    eraser: createAskedTwice("erase", find, { act: () => view().renewed(words.erased, []) }),
    renewer: createAskedTwice("renew", find, {
      act: () => view().renewed(words.renewed, talk().unsent()),
      question: () => words.renew[talk().mode()],
    }),
    helpful: createHelpful({
      ...telling,
      judge: (seq, said) => talk().judge(seq, said),
      judged: (seq) => talk().judged(seq),
    }),
    human: createHuman(find("human"), { ask: () => pick(words.human.sentence), announce: telling.announce }),
    secrecy: createSecrecy(
      { prove: find("prove"), leave: find("leave") },
      { ...telling, ask: (what) => talk().identity(what) }
    ),
    saver: createSaver(find("save"), { ...telling, read: () => talk().transcript() }),
  };
}

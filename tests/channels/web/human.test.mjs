import assert from "node:assert/strict";
import test from "node:test";

import { createHuman, isAsking } from "../../../channels/web/static/human.js";
import { words } from "../../../channels/web/static/words.js";

/** The button as the person finds it; `seen` tells what was asked and announced. */
function rig() {
  const seen = { asked: 0, announced: [] };
  const button = { textContent: "", addEventListener: (event, action) => (button[event] = action) };
  button.setAttribute = (name, value) => (button[name] = value);
  const human = createHuman(button, { ask: () => (seen.asked += 1), announce: (text) => seen.announced.push(text) });
  return { button, seen, human };
}

test("a human can be asked for while the assistant answers", () => {
  const { button, seen, human } = rig();
  human.show({ mode: "assistant" }, false);
  button.click();
  assert.deepEqual([button["aria-disabled"], seen.asked], ["false", 1]);
});

test("asked for already, waited for or answering, a human is not asked for twice: it is said instead", () => {
  const { button, seen, human } = rig();
  const states = [
    [{ mode: "assistant" }, true, words.human.asking],
    [{ mode: "waiting" }, false, words.human.waiting],
    [{ mode: "caseworker" }, false, words.human.caseworker],
    [{ mode: "caseworker", who: "Nolwenn" }, false, "Nolwenn vous répond"],
  ];
  for (const [state, asking, text] of states) {
    human.show(state, asking);
    button.click();
    assert.deepEqual([button.textContent, button["aria-disabled"], seen.announced.pop()], [text, "true", text]);
  }
  assert.equal(seen.asked, 0);
});

const asked = { text: words.human.sentence };

test("a human is being asked for from the press to the answer", () => {
  assert.equal(isAsking({ messages: [], pending: [asked], due: false }), true);
  assert.equal(isAsking({ messages: [asked], pending: [], due: true }), true);
  assert.equal(isAsking({ messages: [asked, { text: "Une personne vous répondra" }], pending: [], due: false }), false);
  assert.equal(isAsking({ messages: [{ text: "bonjour" }], pending: [], due: true }), false);
});

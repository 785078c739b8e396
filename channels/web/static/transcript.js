// Draws the thread.

import { cardGroup } from "./cards.js";
import { inLanguageOf } from "./language.js";
import { fill, make } from "./text.js";
import { held } from "./typography.js";
import { words } from "./words.js";

const clock = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });

/**
 * Keeps `list` (an ol) equal to the state. `on` is `{choose(choice), retry(), calendar(path), aloud, settle()}`; settle
 * takes the focus of what disappears.
 */
export function createTranscript(list, on) {
  const rows = new Map();
  const unsent = new Map();
  const drawn = new WeakMap();

  /** A row that hides or goes would throw the focus that stood in it back to the body. */
  function keepingFocus(change) {
    const held = list.contains(document.activeElement);
    change();
    if (held && !list.contains(document.activeElement)) on.settle();
  }

  function draw({ messages, pending, offer, chosen }) {
    drop(rows, new Set(messages.map((message) => message.seq)));
    messages.forEach((message, index) => {
      if (drawn.get(rows.get(message.seq)) !== message) redraw(message, index);
      markChoices(rows.get(message.seq), message.seq === offer, chosen.get(message.seq));
    });
    drop(unsent, new Set(pending.map((item) => item.id)));
    pending.forEach((item) => {
      if (!unsent.has(item.id)) unsent.set(item.id, list.appendChild(pendingRow(item)));
      markState(unsent.get(item.id), item.state, on.retry);
    });
  }

  /** What was hidden, or shown, since it was drawn has the same place. */
  function redraw(message, index) {
    const [row, old] = [messageRow(message, on), rows.get(message.seq)];
    // What is hidden now is not read on.
    if (old) on.aloud.stop();
    if (old) list.replaceChild(row, old);
    else list.insertBefore(row, list.children[index] || null);
    rows.set(message.seq, row);
    drawn.set(row, message);
  }

  return {
    draw: (state) => keepingFocus(() => draw(state)),
    row: (seq) => rows.get(seq),
    clear() {
      on.aloud.stop();
      rows.clear();
      unsent.clear();
      keepingFocus(() => (list.textContent = ""));
    },
  };
}

/** An `li` for one message of the server's. */
function messageRow(message, on) {
  const row = baseRow(message.author);
  row.dataset.seq = String(message.seq);
  if (message.hidden) row.dataset.hidden = "true";
  const time = make("time", "time", clock.format(new Date(message.created_at)));
  time.dateTime = message.created_at;
  row.querySelector(".author").append(" ", time);
  const text = message.author === "person" || message.lang ? message.text : held(message.text);
  row.append(inLanguageOf(message, fill(make("p", "text"), text, message.author, message.lang)));
  if (message.author === "assistant" && !message.hidden) row.append(on.aloud.button(message));
  if (message.cards) row.append(cardGroup(message, on));
  if (message.choices && message.choices.length) row.append(choiceGroup(message, on.choose));
  return row;
}

function baseRow(author) {
  const row = make("li", "message");
  row.dataset.author = author;
  row.append(make("p", "author", words.authors[author] || words.authors.system));
  return row;
}

function choiceGroup(message, choose) {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words.choices);
  message.choices.forEach((choice) => {
    const button = inLanguageOf(message, make("button", "choice", held(choice.title)));
    button.type = "button";
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") choose(choice);
    });
    group.append(button);
  });
  return group;
}

// aria-disabled and not disabled: Chromium throws the focus back to the body when a focused button is disabled.
function markChoices(row, isOpen, chosen) {
  row.querySelectorAll(".choice").forEach((button) => {
    const isChosen = chosen !== undefined && button.firstChild.data === held(chosen);
    button.setAttribute("aria-disabled", String(!isOpen));
    button.tabIndex = isOpen ? 0 : -1;
    if (isChosen === button.classList.contains("chosen")) return;
    button.classList.toggle("chosen", isChosen);
    // In French, whatever the language of the button. It goes again where the server refuses the choice.
    if (isChosen) button.append(Object.assign(make("span", "unseen", ` ${words.chosen}`), { lang: "fr" }));
    else button.lastChild.remove();
  });
}

function pendingRow(item) {
  const row = baseRow("person");
  row.dataset.pending = item.id;
  row.append(inLanguageOf({ author: "person" }, make("p", "text", item.text)), make("p", "state"));
  return row;
}

function markState(row, state, retry) {
  if (row.dataset.state === state) return;
  row.dataset.state = state;
  const line = row.querySelector(".state");
  line.textContent = words.states[state];
  if (state !== "failed") return;
  const button = make("button", "retry", words.retry);
  button.type = "button";
  button.addEventListener("click", retry);
  line.append(" ", button);
}

function drop(kept, ids) {
  kept.forEach((row, id) => {
    if (ids.has(id)) return;
    row.remove();
    kept.delete(id);
  });
}

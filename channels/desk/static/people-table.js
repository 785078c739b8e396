// The table of people. Under 700 px each line is a card: its cells then say what they are, and the roles stay.

import { make } from "/static/text.js";
import { held as unbroken } from "/static/typography.js";

import { besideName, cellsOf, plural } from "./people-words.js";

/** `open(person)` when a name is pressed; `choose(id, on)` returns whether it was possible. */
export function createTable({ places, chosen, open, choose }) {
  const { body, all, empty, count } = places;
  let shown = [];

  function row(person, opened) {
    const line = cell("tr", "row");
    line.dataset.id = person.id;
    if (person.id === opened) line.setAttribute("aria-current", "true");
    line.append(box(person), name(person), due(person), ...cellsOf(person).map(labelled));
    return line;
  }

  function box(person) {
    const held = cell("td", "cell");
    const input = make("input");
    input.type = "checkbox";
    input.checked = chosen.has(person.id);
    input.setAttribute("aria-label", `Choisir ${person.name}`);
    input.addEventListener("change", () => {
      if (!choose(person.id, input.checked)) input.checked = false;
      mark();
    });
    held.append(input);
    return held;
  }

  function name(person) {
    const head = cell("th", "rowheader");
    head.scope = "row";
    const button = make("button", "name", person.name);
    button.type = "button";
    button.addEventListener("click", () => open(person));
    head.append(button);
    const beside = besideName(person);
    if (beside) head.append(make("div", "hint", beside));
    return head;
  }

  /** The box of the whole page says what the boxes below it say. */
  function mark() {
    const on = shown.filter(({ id }) => chosen.has(id)).length;
    all.checked = on > 0 && on === shown.length;
    all.indeterminate = on > 0 && on < shown.length;
  }

  all.addEventListener("change", () => {
    shown.forEach(({ id }) => choose(id, all.checked));
    body.querySelectorAll("input").forEach((input, nth) => {
      input.checked = chosen.has(shown[nth].id);
    });
    mark();
  });

  return {
    draw({ items, total }, opened) {
      shown = items;
      body.replaceChildren(...items.map((person) => row(person, opened)));
      empty.hidden = items.length > 0;
      count.textContent = plural(total, "personne");
      mark();
    },
    /** Which line is open, without drawing the others anew: the focus stays. */
    current(id) {
      body.querySelectorAll("tr").forEach((line) => {
        if (line.dataset.id === id) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
      });
    },
    focus(id) {
      const line = body.querySelector(`[data-id="${id}"] button`);
      if (line) line.focus();
    },
  };
}

function due(person) {
  const held = cell("td", "cell");
  if (!person.due.length) return held;
  const list = make("ul", "due-list");
  list.append(
    ...person.due.map(({ what, label }) => {
      const item = make("li", "", label);
      item.dataset.what = what;
      return item;
    })
  );
  held.append(list);
  return held;
}

/** A cell that says what it is where the table is drawn as cards. */
export function labelled({ label, text }) {
  const held = cell("td", "cell", unbroken(text));
  held.dataset.label = label;
  return held;
}

/** An element of a table with its role, which it would lose as a card. */
export function cell(tag, role, text) {
  const made = make(tag, "", text);
  made.setAttribute("role", role);
  return made;
}

// Ready-made texts: found by a few letters, put into the reply, and changed there before anything is sent.

import { make } from "/static/text.js";

export const SCOPES = { own: "À moi", team: "De l’équipe", authority: "De la collectivité" };
const AWAY = "Les textes n’ont pas pu être lus. Fermez et réessayez.";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those that have every word of `search` in their title or text, whatever the accents. */
export function matching(texts, search) {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return texts.filter(({ title, text }) => words.every((word) => folded(`${title} ${text}`).includes(word)));
}

/** A combobox over a listbox: `choose(text)` is called with the words of the one that was picked. */
export function createReadyTexts({ places, read, choose }) {
  const { dialog, search, list, told, shut } = places;
  let texts = [];
  let found = [];
  let active = 0;

  function option(one, index) {
    const row = make("li", "option");
    row.id = `ready-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(index === active));
    row.append(make("span", "who", one.title), make("span", "hint", SCOPES[one.scope]), make("span", "line", one.text));
    row.addEventListener("click", () => pick(one));
    return row;
  }

  function draw() {
    list.replaceChildren(...found.map(option));
    if (found.length) search.setAttribute("aria-activedescendant", `ready-${active}`);
    else search.removeAttribute("aria-activedescendant");
    const row = list.children[active];
    if (row) row.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    found = matching(texts, search.value);
    active = 0;
    const count = found.length;
    told.textContent = count > 1 ? `${count} textes` : count ? "1 texte" : "Aucun texte ne convient.";
    draw();
  }

  function pick(one) {
    dialog.close();
    choose(one.text);
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      if (found[active]) pick(found[active]);
    } else if (step && found.length) {
      event.preventDefault();
      active = (active + step + found.length) % found.length;
      draw();
    }
  });
  shut.addEventListener("click", () => dialog.close());

  return {
    async open() {
      search.value = "";
      texts = [];
      filter();
      told.textContent = "Lecture des textes…";
      dialog.showModal();
      search.focus();
      const { status, body } = await read();
      if (status !== 200) {
        told.textContent = AWAY;
        return;
      }
      texts = body;
      filter();
    },
  };
}

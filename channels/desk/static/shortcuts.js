// One key, one action. They can be turned off, as whoever dictates or presses keys by mistake must be able to.

import { make } from "/static/text.js";

// Each with its words in the list that `?` shows.
export const KEYS = [
  { key: "j", does: "down", words: "Demande suivante de la liste" },
  { key: "k", does: "up", words: "Demande précédente de la liste" },
  { key: "f", does: "list", words: "Aller à la liste" },
  { key: "/", does: "search", words: "Chercher" },
  { key: "d", does: "nextTab", words: "Onglet suivant" },
  { key: "g", does: "previousTab", words: "Onglet précédent" },
  { key: "q", does: "shutTab", words: "Fermer l’onglet" },
  { key: "p", does: "take", words: "Prendre la demande" },
  { key: "r", does: "reply", words: "Écrire une réponse" },
  { key: "t", does: "ready", words: "Choisir un texte prêt" },
  { key: "n", does: "note", words: "Écrire une note privée" },
  { key: "a", does: "assign", words: "Confier à un collègue" },
  { key: "x", does: "pass-on", words: "Transmettre à un autre service" },
  { key: "s", does: "snooze", words: "Mettre de côté" },
  { key: "e", does: "give-back", words: "Rendre à l’équipe" },
  { key: "h", does: "hand-back", words: "Rendre à l’assistant Hent" },
  { key: "c", does: "close", words: "Clore la demande" },
  { key: "o", does: "reopen", words: "Rouvrir la demande" },
  { key: "u", does: "urgent", words: "Ouvrir la demande urgente" },
  { key: "?", does: "help", words: "Montrer cette aide" },
];

// What works in any case, and needs no letter.
const ALWAYS = [
  ["Entrée", "Ouvrir la demande choisie"],
  ["Ctrl + Entrée", "Envoyer ce qui est écrit"],
  ["/", "Dans une réponse, en début de ligne : choisir un texte prêt"],
  ["Échap", "Quitter le champ, fermer une fenêtre"],
];

const WRITING = ["TEXTAREA", "SELECT"];
const NO_TEXT = ["checkbox", "radio", "button", "submit"];

/** What `event` asks for, or null: never while somebody writes, nor with a modifier key. */
export function asked(event, on) {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writes(event.target)) return null;
  const found = KEYS.find(({ key }) => key === event.key);
  return found ? found.does : null;
}

function writes({ tagName, type }) {
  return WRITING.includes(tagName) || (tagName === "INPUT" && !NO_TEXT.includes(type));
}

/** `actions` has a function for each word of KEYS; `setting` is `{read(), write(on)}`. */
export function listenToKeys({ actions, box, list, setting }) {
  const lines = [...KEYS.map(({ key, words }) => [key, words]), ...ALWAYS];
  list.replaceChildren(...lines.flatMap(([key, words]) => [term(key), make("dd", "", words)]));
  box.checked = setting.read();
  box.addEventListener("change", () => setting.write(box.checked));
  document.addEventListener("keydown", (event) => {
    const action = document.querySelector("dialog[open]") ? null : asked(event, box.checked);
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}

function term(key) {
  const made = make("dt");
  made.append(make("kbd", "", key));
  return made;
}

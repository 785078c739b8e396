// The list of people whom no SMS reaches: what a line says, and what its button asks for.

import { make } from "/static/text.js";

import { cell, labelled } from "./people-table.js";
import { plural } from "./people-words.js";

const NOBODY = "Nos SMS arrivent à tout le monde.";
const NONE_AHEAD = "Aucun : à convoquer";

/** "3 personnes", or that there is nobody. */
export function counted(many) {
  return many ? plural(many, "personne") : NOBODY;
}

/** What the button of the whole list says. */
export function allLetters(many) {
  return many > 1 ? `Imprimer les ${many} lettres` : "Imprimer la lettre";
}

/** What was made, as it is said. */
export function madeWords(name) {
  return name ? `La lettre pour ${name} est enregistrée. Imprimez le fichier.` : "Les lettres sont enregistrées. Imprimez le fichier.";
}

/** Draws the lines in `body`; `print(person)` when the button of one is pressed. */
export function drawUnreached(body, people, print) {
  body.replaceChildren(...people.map((person) => line(person, print)));
}

function line(person, print) {
  const row = cell("tr", "row");
  const name = cell("th", "rowheader", person.name);
  name.scope = "row";
  const cells = [
    { label: "Pourquoi", text: person.why },
    { label: "Prochain rendez-vous", text: person.next_appointment || NONE_AHEAD },
  ];
  row.append(name, ...cells.map(labelled), act(person, print));
  return row;
}

function act(person, print) {
  const held = cell("td", "cell");
  const button = make("button", "quiet", "Imprimer la lettre");
  button.type = "button";
  button.append(make("span", "unseen", ` : ${person.name}`));
  button.addEventListener("click", () => print(person, button));
  held.append(button);
  return held;
}

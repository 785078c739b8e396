// The invented people of the demonstration, to try Hent as one of them.

import { national } from "./numbers.js";
import { make } from "./text.js";

const day = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** Fills `list` from GET /demo/people; `use(phone)` puts a person's number in the telephone. */
export async function showPeople(list, use) {
  const response = await fetch("/demo/people", { cache: "no-store" });
  const people = response.ok ? await response.json() : [];
  people.forEach((person) => list.append(card(person, use)));
}

function card(person, use) {
  const row = make("li", "person");
  const facts = make("dl", "facts");
  fact(facts, "Téléphone", national(person.phone));
  fact(facts, "Naissance", day.format(new Date(`${person.birth_date}T00:00:00Z`)));
  fact(facts, "Suivi par", person.authority);
  const button = make("button", "use", "Utiliser ce numéro");
  button.type = "button";
  button.append(make("span", "unseen", ` : ${person.name}`));
  button.addEventListener("click", () => use(person.phone));
  row.append(make("h4", "person-name", person.name), facts, make("p", "note", person.note), button);
  return row;
}

function fact(list, name, value) {
  const pair = make("div", "fact");
  pair.append(make("dt", "", name), make("dd", "", value));
  list.append(pair);
}

// One request on the screen: what was said and done, in the order of time, and what is still on its way.

import { fill, make } from "/static/text.js";

import { moment } from "./order.js";

const AUTHORS = { person: "La personne", assistant: "Hent, l’assistant", caseworker: "Conseiller", system: "Hent" };
const NEAR = 80;

/** `retry(id)` and `drop(item)` are for what could not be sent. */
export function createThreadView({ list, card, retry, drop }) {
  function message({ author, name, text, created_at }) {
    const row = make("li", "message");
    row.dataset.author = author;
    row.append(header(name || AUTHORS[author], created_at), fill(make("p", "text"), text, author));
    return row;
  }

  function event({ event: kind, label, by, text, created_at }) {
    const row = make("li", kind === "note" ? "message note" : "event");
    const who = by ? `${label}, par ${by}` : label;
    row.append(header(kind === "note" ? `Note privée${by ? ` de ${by}` : ""}` : who, created_at));
    if (kind === "note") row.append(make("p", "hint", "La personne ne la voit pas."));
    if (text) row.append(make("p", "text", text));
    return row;
  }

  function pending(item) {
    const row = make("li", item.kind === "note" ? "message note" : "message");
    row.dataset.author = "caseworker";
    row.dataset.state = item.state;
    const failed = item.state === "failed";
    row.append(make("p", "text", item.text), make("p", "state", failed ? "Non envoyé. " + item.say : "Envoi…"));
    if (failed) row.append(button("Réessayer", () => retry(item.id)), button("Modifier", () => drop(item)));
    return row;
  }

  /** Redraws; stays at the end if the reader was there, and moves no focus. */
  function draw(messages, events, items) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    const shown = events.filter((one) => one.event !== "replied");
    const rows = [
      ...messages.map((one) => [one.created_at, message(one)]),
      ...shown.map((one) => [one.created_at, event(one)]),
    ];
    // A stable sort: messages keep the order of their numbers within one instant.
    rows.sort(([one], [other]) => Date.parse(one) - Date.parse(other));
    list.replaceChildren(...rows.map(([, row]) => row), ...items.map(pending));
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  function person(known) {
    const facts = known
      ? [
          ["Nom", known.name],
          ["Né(e) le", known.birth_date.split("-").reverse().join("/")],
          ["Téléphone", known.phone],
          ["Étape", known.stage],
          ["Prochain rendez-vous", known.next_appointment],
          ["Contrat", known.contract],
        ]
      : [["Nom", "La personne ne s’est pas identifiée."]];
    card.replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]));
  }

  return { draw, person };
}

function header(who, instant) {
  const line = make("p", "author", who);
  line.append(make("span", "time", moment(instant)));
  return line;
}

function button(text, act) {
  const made = make("button", "", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// What was said and done in one request, in the order of time, and what is still on its way.

import { fill, make } from "/static/text.js";

import { moment } from "./moments.js";

const AUTHORS = { person: "La personne", assistant: "Hent, l’assistant", caseworker: "Conseiller", system: "Hent" };
const DELIVERIES = { waiting: "SMS en attente", sent: "SMS parti", dead: "SMS non remis. Appelez la personne." };
const ALARMING = ["raised"];
const NEAR = 80;

/** `retry(id)` and `drop(item)` are for what could not be sent. */
export function createThreadView({ list, retry, drop }) {
  let rows = new Map();

  /** Redraws what changed; stays at the end if the reader was there, and moves no focus. */
  function draw(messages, events, items) {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    const kept = new Map();
    const row = (name, what, build) => {
      const made = JSON.stringify(what);
      const known = rows.get(name);
      const one = known && known.made === made ? known : { made, element: build(what) };
      kept.set(name, one);
      return [what.created_at, one.element];
    };
    const shown = events.filter((one) => one.event !== "replied");
    const drawn = [
      ...messages.map((one) => row(`said ${one.seq}`, one, message)),
      ...shown.map((one) => row(`done ${one.seq}`, one, event)),
    ];
    // A stable sort: messages keep the order of their numbers within one instant.
    drawn.sort(([one], [other]) => Date.parse(one) - Date.parse(other));
    rows = kept;
    place(list, [...drawn.map(([, element]) => element), ...items.map(pending)]);
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  function pending(item) {
    const row = make("li", item.kind === "note" ? "message note" : "message");
    row.dataset.author = "caseworker";
    row.dataset.state = item.state;
    const failed = item.state === "failed";
    row.append(make("p", "text", item.text), make("p", "state", failed ? "Non envoyé. " + item.say : "Envoi…"));
    if (failed) {
      const again = make("div", "row");
      again.append(button("Réessayer", () => retry(item.id)), button("Modifier", () => drop(item)));
      row.append(again);
    }
    return row;
  }

  return {
    draw,
    clear() {
      rows = new Map();
      list.replaceChildren();
    },
  };
}

function message(one) {
  const row = make("li", "message");
  row.dataset.author = one.author;
  const text = fill(Object.assign(make("p", "text"), { dir: "auto" }), one.text, one.author);
  row.append(header(one.name || AUTHORS[one.author], one.created_at), text);
  const mark = markOf(one);
  if (mark) {
    const line = make("p", "mark-line", mark);
    line.dataset.delivery = one.delivery || "";
    row.append(line);
  }
  return row;
}

/** What became of a message to the person: "SMS parti", "Lue", "Pas encore lue"; nothing for what others wrote. */
export function markOf({ seen, delivery }) {
  if (delivery) return DELIVERIES[delivery];
  if (seen === true) return "Lue";
  return seen === false ? "Pas encore lue" : "";
}

function event(one) {
  const note = one.event === "note";
  const row = make("li", note ? "message note" : "event");
  row.dataset.event = one.event;
  if (ALARMING.includes(one.event)) row.classList.add("alarming");
  row.append(header(headline(one), one.created_at));
  if (note) row.append(make("p", "hint", "La personne ne la voit pas."));
  if (one.text) row.append(make("p", "text", one.text));
  return row;
}

/** "Confiée à Ronan Le Gall, par Nolwenn Kerbourch"; "Note privée de Nolwenn Kerbourch". */
export function headline({ event: kind, label, by, to }) {
  if (kind === "note") return `Note privée${by ? ` de ${by}` : ""}`;
  return [to ? `${label} à ${to}` : label, by && `par ${by}`].filter(Boolean).join(", ");
}

/** Puts `elements` in `list`, in this order, and leaves alone those that stand right. */
function place(list, elements) {
  elements.forEach((element, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] || null);
  });
  while (list.children.length > elements.length) list.lastElementChild.remove();
}

function header(who, instant) {
  const line = make("p", "author", who);
  const time = make("time", "time", moment(instant));
  time.dateTime = instant;
  line.append(" ", time);
  return line;
}

function button(text, act) {
  const made = make("button", "quiet", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

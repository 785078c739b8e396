// Who waits, as a list of buttons: each says in words all that its colours say.

import { make } from "/static/text.js";

import { dayAndHour, dueShort, waited } from "./moments.js";
import { unreadWords } from "./tabs.js";

const CHANNELS = { sms: "par SMS", web: "par le site" };

/** `open(item)` is called when a line is chosen. */
export function createQueue({ list, open }) {
  const rows = new Map();

  function line(item, state) {
    const words = told(item, Date.now());
    const made = JSON.stringify([item, state, words]);
    const known = rows.get(item.id);
    // A line that says the same stays the same element: a reader in it is not thrown out.
    if (known && known.made === made) return known.row;
    const row = make("li");
    row.append(content(item, state, words));
    rows.set(item.id, { made, row });
    return row;
  }

  function content(item, { opened, gone }, words) {
    const button = make("button", "waiting");
    button.type = "button";
    Object.assign(button.dataset, { id: item.id, kind: item.kind, priority: item.priority });
    if (opened) button.setAttribute("aria-current", "true");
    button.append(heading(item), make("span", "reason", item.reason_label));
    if (item.line) button.append(make("span", "line", `« ${item.line} »`));
    const facts = make("span", "facts");
    facts.append(...words.map(([className, text]) => make("span", className, text)));
    button.append(facts);
    if (gone) button.append(make("span", "moved", "N’est plus dans cette liste."));
    button.addEventListener("click", () => open(item));
    return button;
  }

  const buttons = () => [...list.querySelectorAll("button")];

  return {
    /** Draws these lines; whoever had the focus in the list keeps it. */
    draw(items, { opened, gone }) {
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
      const drawn = items.map((item) => line(item, { opened: item.id === opened, gone: gone.has(item.id) }));
      if (drawn.length !== list.children.length || drawn.some((row, index) => row !== list.children[index])) {
        list.replaceChildren(...drawn);
      }
      const kept = new Set(items.map(({ id }) => id));
      rows.forEach((_, id) => kept.has(id) || rows.delete(id));
      const again = focused && list.querySelector(`[data-id="${focused}"]`);
      if (again && again !== document.activeElement) again.focus({ preventScroll: true });
    },
    /** Moves the focus by `step` lines, from where it is, or from the request that is open. */
    move(step) {
      const all = buttons();
      const here = all.findIndex((one) => one === document.activeElement);
      const from = here < 0 ? all.findIndex((one) => one.hasAttribute("aria-current")) : here;
      const to = all[Math.min(all.length - 1, Math.max(0, from + step))];
      if (to) to.focus();
    },
  };
}

/** `[className, text]` of each thing told below a line. */
export function told(item, now) {
  const facts = [
    ["age", waited(item.since, now)],
    [item.late ? "late" : "due", item.snoozed_until ? `Mise de côté jusqu’à ${dayAndHour(item.snoozed_until)}` : dueShort(item)],
    ["", CHANNELS[item.channel]],
  ];
  const who = holder(item);
  if (who) facts.push(["owner", who]);
  return facts;
}

function holder({ mine, owner, assigned, turn }) {
  if (mine) return turn === "person" ? "Vous suivez, à la personne de répondre" : "Vous suivez, à vous de répondre";
  if (owner) return turn === "person" ? `Suivie par ${owner.name}, à la personne de répondre` : `Suivie par ${owner.name}`;
  return assigned ? `Pour ${assigned.name}` : "";
}

function heading(item) {
  const top = make("span", "waiting-top");
  if (item.priority !== "normal") top.append(make("span", `badge ${item.priority}`, item.priority_label));
  top.append(make("span", "kind", item.kind_label), make("span", "who", item.person || "Personne non identifiée"));
  if (item.unread) top.append(make("span", "unread", unreadWords(item.unread)));
  return top;
}

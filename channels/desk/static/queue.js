// Who waits, as a list of buttons: each says in words all that its colours say.

import { make } from "/static/text.js";

import { due, ordered, waited } from "./order.js";

/** `open(item)` is called when a line is chosen. */
export function createQueue({ places, open }) {
  const { list, empty, count, pages, previous, next } = places;
  const size = 50;

  function line(item, { opened, unread }) {
    const row = make("li");
    const button = make("button", "waiting");
    button.type = "button";
    button.dataset.id = item.id;
    button.dataset.kind = item.kind;
    if (item.id === opened) button.setAttribute("aria-current", "true");
    button.append(heading(item, unread), make("span", "reason", item.reason_label));
    if (item.line) button.append(make("span", "line", `« ${item.line} »`));
    button.append(facts(item));
    button.addEventListener("click", () => open(item));
    row.append(button);
    return row;
  }

  /** Draws a page; whoever had the focus in the list keeps it. */
  function draw(page, { opened, unread, number }) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const rows = ordered(page.items).map((item) => line(item, { opened, unread: unread.get(item.id) || 0 }));
    list.replaceChildren(...rows);
    const again = focused && list.querySelector(`[data-id="${focused}"]`);
    if (again) again.focus({ preventScroll: true });
    empty.hidden = rows.length > 0;
    count.textContent = page.total > 1 ? `${page.total} demandes` : `${page.total} demande`;
    pages.hidden = page.total <= size;
    previous.disabled = number === 1;
    next.disabled = number * size >= page.total;
  }

  return { draw };
}

function heading(item, unread) {
  const top = make("span", "waiting-top");
  top.append(make("span", "kind", item.kind_label), make("span", "who", item.person || "Personne non identifiée"));
  if (unread) top.append(make("span", "unread", unread > 1 ? `${unread} non lus` : "1 non lu"));
  return top;
}

function facts(item) {
  const facts = make("span", "facts");
  facts.append(make("span", "age", waited(item.since, Date.now())), make("span", item.late ? "due late" : "due", due(item)));
  facts.append(make("span", "", item.channel === "sms" ? "par SMS" : "par le site"));
  if (item.owner) facts.append(make("span", "owner", `suivie par ${item.owner.name}`));
  return facts;
}

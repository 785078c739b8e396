// Cards beside an answer. The sentence says everything by itself; a card says it at a glance, and what to do with it.

import { dateOf, dayOf, hourOf } from "./dates.js";
import { national } from "./numbers.js";
import { make } from "./text.js";
import { held } from "./typography.js";
import { words } from "./words.js";

const said = words.card;

/** The cards of a message of the server's, in an element; `on` is `{calendar(path)}`. */
export function cardGroup(message, on) {
  const group = make("div", "cards");
  message.cards.forEach((card, index) => {
    const name = `card-${message.seq}-${index + 1}`;
    group.append(card.kind === "appointment" ? appointment(card, name, on) : training(card, name));
  });
  return group;
}

function appointment(card, name, on) {
  const stands = card.state === "stands" || card.state === "unknown";
  const box = frame(card, name, {
    [said.when]: `${dayOf(card.when)}, ${said.between(hourOf(card.when), hourOf(card.until))}`,
    [said.place]: [card.place, card.address].filter(Boolean).join(", "),
  });
  // Before what it makes untrue.
  if (card.state !== "stands") box.insertBefore(make("p", "card-state", held(newsOf(card))), box.querySelector("dl"));
  return finish(box, [
    card.state !== "over" && add(card, on, `${said.of} ${dayOf(card.when)}`),
    stands && card.map && map(card.map, card.address),
    card.phone && call(card.phone),
  ]);
}

function newsOf(card) {
  const news = said.states[card.state];
  return card.changed_to ? news(dayOf(card.changed_to), hourOf(card.changed_to)) : news();
}

function training(card, name) {
  const hours = card.hours && said.hours(card.hours);
  const box = frame(card, name, {
    [said.organisation]: card.organisation,
    [said.place]: card.place,
    [said.starts]: card.permanent ? said.permanent : card.starts && dateOf(card.starts),
    [said.ends]: card.ends && dateOf(card.ends),
    [said.duration]: [hours, card.pace].filter(Boolean).join(", "),
    [said.cost]: card.cost,
  });
  return finish(box, [card.map && map(card.map, card.place), call(card.phone)]);
}

/** An article of its own, with the name of what it is about; `facts` is `{label: text}`, what is empty being left out. */
function frame(card, name, facts) {
  const box = make("article", "card");
  box.dataset.kind = card.kind;
  if (card.state) box.dataset.state = card.state;
  const title = make("h3", "card-title", held(card.title));
  title.id = name;
  box.setAttribute("aria-labelledby", name);
  const list = make("dl", "card-facts");
  Object.keys(facts).filter((label) => facts[label]).forEach((label) => {
    const line = make("div");
    line.append(make("dt", "", label), " ", make("dd", "", held(facts[label])));
    list.append(line);
  });
  box.append(title, list);
  return box;
}

function finish(box, actions) {
  const list = make("ul", "card-actions");
  list.setAttribute("role", "list");
  actions.filter(Boolean).forEach((action) => {
    const item = make("li");
    item.append(action);
    list.append(item);
  });
  if (list.firstChild) box.append(list);
  return box;
}

function add(card, on, which) {
  const changed = card.state === "changed" || card.state === "cancelled";
  const button = make("button", "card-action", changed ? said.update : said.add);
  button.type = "button";
  button.append(make("span", "unseen", ` ${which}`));
  button.addEventListener("click", () => on.calendar(card.ics));
  return button;
}

// Nothing is asked of the map before it is opened, and then it is not told from where.
function map(address, place) {
  const link = make("a", "card-action", said.map);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.append(make("span", "unseen", ` : ${place}, ${said.elsewhere}`));
  return link;
}

function call(number) {
  // A number goes to the next line whole.
  const link = make("a", "card-action", said.call(national(number).replace(/ /g, "\u00a0")));
  link.href = `tel:${number}`;
  return link;
}

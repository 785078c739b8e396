// The tables of the team page.

import { make } from "/static/text.js";

import { dueShort, waited } from "./moments.js";

const MONTH = new Intl.DateTimeFormat("fr-FR", { month: "short", year: "numeric", timeZone: "UTC" });
const COUNT = new Intl.NumberFormat("fr-FR");
const EUROS = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", timeZone: "UTC" });

/** "Là", or "Absence du 1 décembre au 5 décembre, remplacement par Ronan Le Gall". Days are those of a calendar. */
export function presence({ absent_from: from, absent_until: until, stand_in: other }) {
  if (!from) return "Là";
  const [first, last] = [from, until].map((day) => day && DAY.format(new Date(day)));
  const days = last ? `du ${first} au ${last}` : `à partir du ${first}`;
  return `Absence ${days}${other ? `, remplacement par ${other.name}` : ", sans remplacement"}`;
}

/** "0,09 €", and below how many segments have no price, if some have none. */
export function priceWords({ price, unpriced }) {
  return [EUROS.format(price / 1000), ...(unpriced ? [`+ ${COUNT.format(unpriced)} sans prix`] : [])];
}

/** What SMS cost, a line each month. */
export function drawSms(body, months) {
  body.replaceChildren(
    ...months.map((one) => {
      const row = make("tr");
      const name = make("th", "", MONTH.format(new Date(one.month)));
      name.scope = "row";
      const price = make("td", "number");
      price.append(...priceWords(one).map((text, nth) => make("div", nth ? "hint" : "", text)));
      row.append(
        name,
        make("td", "number", COUNT.format(one.messages)),
        make("td", "number", COUNT.format(one.segments)),
        price
      );
      return row;
    })
  );
}

/** "4 demandes ne sont à personne." */
export function unassignedWords(count) {
  if (!count) return "Chaque demande est suivie par quelqu’un.";
  return count > 1 ? `${count} demandes ne sont à personne.` : "1 demande n’est à personne.";
}

/** What a hand-over did. */
export function movedWords(count) {
  if (!count) return "Il n’y avait aucune demande à confier.";
  return count > 1 ? `${count} demandes ont changé de main.` : "1 demande a changé de main.";
}

/** `away(member)` and `over(member)` are what the buttons of a row do. */
export function drawMembers(body, members, { away, over }) {
  const focused = body.contains(document.activeElement) ? document.activeElement.dataset : {};
  body.replaceChildren(...members.map((member) => memberRow(member, { away, over })));
  const again = focused.member && body.querySelector(`[data-member="${focused.member}"][data-does="${focused.does}"]`);
  if (again) again.focus({ preventScroll: true });
}

function memberRow(member, acts) {
  const row = make("tr");
  const name = make("th", "", member.name);
  name.scope = "row";
  const since = member.waiting_oldest ? waited(member.waiting_oldest, Date.now()) : "Rien n’attend";
  row.append(
    name,
    make("td", "", presence(member)),
    make("td", "number", member.open),
    make("td", member.late ? "number late" : "number", member.late),
    make("td", "number", member.unread),
    make("td", "", since),
    cell(act("away", "Absence", member, acts), act("over", "Tout confier", member, acts))
  );
  return row;
}

function act(does, label, member, acts) {
  const button = make("button", "quiet", label);
  button.type = "button";
  Object.assign(button.dataset, { member: member.id, does });
  button.append(make("span", "unseen", ` : ${member.name}`));
  button.addEventListener("click", () => acts[does](member));
  return button;
}

/** What is late, each leading to the request itself. */
export function drawLate(body, items) {
  body.replaceChildren(
    ...items.map((item) => {
      const link = make("a", "", item.person || "Personne non identifiée");
      link.href = `/#request=${item.id}`;
      const who = item.owner || item.assigned;
      const row = make("tr");
      row.append(
        cell(link),
        make("td", "", item.reason_label),
        make("td", "late", dueShort(item)),
        make("td", "", who ? who.name : "Personne ne la suit encore")
      );
      return row;
    })
  );
}

function cell(...content) {
  const made = make("td");
  const row = make("div", "row");
  row.append(...content);
  made.append(row);
  return made;
}

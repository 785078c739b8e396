// The journal's words and rows.

import { make } from "/static/text.js";

import { dayAndHour } from "./moments.js";

export const PAGE = 50;

/** "1 à 50, sur 132 consultations". */
export function countWords(page, shown, total) {
  if (!total) return "Aucune consultation.";
  if (!shown) return "Cette page est vide.";
  const first = (page - 1) * PAGE + 1;
  return `${first} à ${first + shown - 1}, sur ${total} consultation${total > 1 ? "s" : ""}`;
}

/** The query of what is asked for; what is not asked for is left out. */
export function query(page, wanted) {
  const named = Object.entries(wanted).filter(([, value]) => value);
  return new URLSearchParams([["page", String(page)], ...named]).toString();
}

/** One row for each entry. */
export function drawEntries(body, items) {
  body.replaceChildren(...items.map(row));
}

/** Whose file, or whose account, it was about. */
export function about({ person, account }) {
  if (account) return `Compte : ${account}`;
  return person || "Aucune";
}

function row(entry) {
  const { at, who, what } = entry;
  const line = make("tr");
  const when = make("td");
  const time = make("time", "", dayAndHour(at));
  time.dateTime = at;
  when.append(time);
  line.append(when, make("td", "", who), make("td", "", what), make("td", "", about(entry)));
  return line;
}

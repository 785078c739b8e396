// Notices as elements and words: what each is, and which field a refusal is about.

import { make } from "/static/text.js";
import { held } from "/static/typography.js";

// As the server counts it, in signs.
export const LONGEST = 300;

export const KINDS = {
  outage: { label: "Panne", hint: "Une panne se lit dès son début." },
  strike: { label: "Grève", hint: "Une grève se lit trois jours avant son début." },
  closure: {
    label: "Fermeture",
    hint: "Une fermeture se lit trois jours avant son début. Aucune réponse n’est promise pour ces jours-là.",
  },
};

// The field that somebody has to change, by the word of the refusal.
const FIELDS = {
  notice_length: "text",
  notice_sentence: "text",
  notice_number: "text",
  too_far: "first-day",
  ends_first: "last-day",
  too_long: "last-day",
  over: "last-day",
};

/** The id of the field that was refused, or null. */
export function refusedField({ body }) {
  return (body && FIELDS[body.error]) || null;
}

// Browsers that know no date and no hour (Safari 13) leave both to be typed.
const DAY = /^\d{4}-\d\d-\d\d$/;
const HOUR = /^([01]\d|2[0-3]):[0-5]\d/;

/** What has to be filled in before anything is asked of the server: `{field, say}`, or null. */
export function missing({ text, first_day: first, last_day: last, first_hour: from, last_hour: to }) {
  if (!text) return { field: "text", say: "Écrivez ce que les personnes doivent lire." };
  if (!DAY.test(first)) return { field: "first-day", say: "Donnez le premier jour : année-mois-jour." };
  if (from && !HOUR.test(from)) return { field: "first-hour", say: "Écrivez l’heure du début ainsi : 14:00." };
  if (!DAY.test(last)) return { field: "last-day", say: "Donnez le dernier jour : année-mois-jour." };
  if (to && !HOUR.test(to)) return { field: "last-hour", say: "Écrivez l’heure de la fin ainsi : 14:00." };
  return null;
}

/** "212 signes sur 300." */
export function lengthWords(text) {
  const { length } = Array.from(text.trim());
  return `${length} signe${length > 1 ? "s" : ""} sur ${LONGEST}.`;
}

/** "2 annonces". */
export function countWords(count) {
  if (!count) return "Aucune annonce en cours ou à venir.";
  return count > 1 ? `${count} annonces` : "1 annonce";
}

/** "Fermeture, affichée en ce moment". */
export function stateWords({ kind, standing }) {
  return `${KINDS[kind].label}, ${standing ? "affichée en ce moment" : "pas encore affichée"}`;
}

/** One item for each; `press(notice)` is what its button does. */
export function drawNotices(list, notices, press) {
  list.replaceChildren(...notices.map((notice) => item(notice, press)));
}

function item(notice, press) {
  const made = make("li", "told-one");
  const button = make("button", "quiet", "Retirer");
  button.type = "button";
  button.append(make("span", "unseen", ` : ${KINDS[notice.kind].label}, ${notice.when}`));
  button.addEventListener("click", () => press(notice));
  made.append(
    make("h3", "", stateWords(notice)),
    make("p", "told-text", notice.text),
    make("p", "hint", held(notice.when)),
    button
  );
  return made;
}

// One person as elements: fields, appointments, what one can do, history. All as text.

import { make } from "/static/text.js";
import { held as unbroken } from "/static/typography.js";

import { dayAndHour, moment } from "./moments.js";

const COPIED = "Adresse copiée.";
const NOT_COPIED = "Le navigateur refuse la copie : choisissez l’adresse et copiez-la.";

const HIDDEN = "Dossier confidentiel : rien par SMS, rien sur un répondeur.";
const REMINDED = "Dossier confidentiel : par SMS, le jour et l’heure des rendez-vous, à sa demande";
const LAPSED = "Le numéro a changé depuis que la personne a demandé des rappels : ils ne partent plus. Posez-lui de nouveau la question.";

/** The parts of the panel, in order. `on` has book, move(visit), cancel(visit), mark(confidential), remind(asked), checked and link. */
export function partsOf(person, on) {
  return [head(person), visits(person, on), acts(person, on), history(person)].filter(Boolean);
}

/** Whether an appointment is still to come. */
export function isAhead({ starts_at }, now = Date.now()) {
  return Date.parse(starts_at) > now;
}

function head({ name, fields, confidential, reminders, lapsed }) {
  const held = make("div");
  held.append(make("p", "person-name", name));
  if (confidential) held.append(make("p", "mark-on", reminders ? `${REMINDED} (${reminders}).` : HIDDEN));
  if (lapsed) held.append(make("p", "mark-on", LAPSED));
  const list = make("dl", "person-fields");
  list.append(...fields.flatMap(({ label, value }) => [make("dt", "", label), make("dd", "", value)]));
  held.append(list);
  return held;
}

function visits({ appointments, can }, on) {
  if (!appointments.length && !can.book) return null;
  const held = part("Rendez-vous");
  const ahead = appointments.filter((one) => isAhead(one));
  const behind = appointments.filter((one) => !isAhead(one));
  if (!ahead.length) held.append(make("p", "hint", "Aucun rendez-vous à venir."));
  else held.append(list("visits", ahead.map((one) => visit(one, on))));
  if (can.book) held.append(button("Prendre un rendez-vous", on.book));
  held.append(make("div", "hours-place"));
  if (behind.length) held.append(folded("Derniers rendez-vous", list("visits", behind.map((one) => visit(one, on)))));
  return held;
}

function visit(one, on) {
  const item = make("li", "visit");
  item.append(make("p", "visit-when", unbroken(one.when)), make("p", "hint", `${one.title}, ${one.place} : ${one.status_label}`));
  const row = make("div", "row");
  if (one.can_move) row.append(named(button("Déplacer", () => on.move(one)), `Déplacer le rendez-vous du ${one.when}`));
  if (one.can_cancel) row.append(named(button("Annuler", () => on.cancel(one)), `Annuler le rendez-vous du ${one.when}`));
  if (row.childElementCount) item.append(row);
  return item;
}

/** Free hours to choose from: pressing one takes it. */
export function hourList(visit, { slots, after }, { take, more, shut }) {
  const group = make("div", "hours");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", visit ? `Déplacer le rendez-vous du ${visit.when}` : "Heures libres");
  if (!slots.length) group.append(make("p", "", "Aucune heure libre."));
  group.append(...slots.map((slot) => button(unbroken(`Réserver : ${slot.label}`), () => take(slot))));
  if (after) group.append(button("Autres heures", more));
  group.append(button("Fermer", shut));
  return group;
}

function acts({ can, confidential, reminders }, on) {
  if (!can.mark && !can.link && !can.cannot_write) return null;
  const held = part("Dossier");
  if (can.cannot_write) held.append(make("p", "hint", `Écrire en premier n’est pas possible. ${can.cannot_write}.`));
  const row = make("div", "row");
  if (can.check_number) row.append(button("Numéro vérifié", on.checked));
  if (can.mark) row.append(button(confidential ? "Lever la confidentialité" : "Rendre confidentiel", () => on.mark(!confidential)));
  if (can.mark && confidential) row.append(button(reminders ? "Ne plus envoyer de rappels" : "Envoyer des rappels", () => on.remind(!reminders)));
  if (can.link) row.append(button("Faire un lien personnel", on.link));
  held.append(row, make("div", "link-place"));
  return held;
}

/** The personal link, to be copied or written down: it is shown once. */
export function linkOf({ url, expires_at }) {
  const held = make("div", "person-part");
  const label = make("label", "", "Lien personnel, à remettre en main propre");
  const field = make("input");
  field.id = label.htmlFor = "personal-link";
  field.readOnly = true;
  field.value = url;
  const told = make("p", "hint", `Bon une seule fois, jusqu’au ${dayAndHour(expires_at)}. Ne l’envoyez pas par SMS.`);
  told.setAttribute("role", "status");
  held.append(label, field, told);
  // Browsers have it on https and on this machine only.
  if (navigator.clipboard) held.append(button("Copier", () => copy(url, told)));
  return held;
}

async function copy(url, told) {
  try {
    await navigator.clipboard.writeText(url);
    told.textContent = COPIED;
  } catch (refused) {
    told.textContent = NOT_COPIED;
  }
}

function history({ history: contacts }) {
  if (!contacts.length) return null;
  const lines = contacts.map(({ at, label }) => {
    const item = make("li");
    const when = make("time", "", moment(at));
    when.dateTime = at;
    item.append(when, ` ${label}`);
    return item;
  });
  const held = part("Historique");
  held.append(list("history", lines));
  return held;
}

function part(title) {
  const held = make("div", "person-part");
  held.append(make("h3", "", title));
  return held;
}

function list(className, items) {
  const made = make("ul", className);
  made.append(...items);
  return made;
}

function folded(title, content) {
  const made = make("details");
  made.append(make("summary", "", title), content);
  return made;
}

function named(element, name) {
  element.setAttribute("aria-label", name);
  return element;
}

function button(text, act) {
  const made = make("button", "quiet", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

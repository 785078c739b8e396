// What the list of people and the panel to write say, from what the server answers.

const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const EUROS = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR" });
const MOMENT = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/Paris",
});
const SOON = 60000;

export const plural = (many, one, more = `${one}s`) => `${many} ${many > 1 ? more : one}`;

/** "3 janv. 2027" of "2027-01-03"; nothing of nothing. */
export function dayOf(date) {
  return date ? DAY.format(new Date(`${date}T00:00:00Z`)) : "";
}

/** The cells of one person, as text: `[{label, text}]`. */
export function cellsOf(person) {
  return [
    { label: "Prochain rendez-vous", text: person.next_appointment || "" },
    { label: "Fin du contrat", text: dayOf(person.contract_ends_on) },
    { label: "Étape", text: person.stage || "" },
    { label: "Dernier contact", text: dayOf(person.last_contact_on) },
  ];
}

/** Beside the name: the commune, and for whom one stands in. */
export function besideName({ commune, instead_of }) {
  return [commune, instead_of && `suivie par ${instead_of}, absent(e)`].filter(Boolean).join(", ");
}

/** "0,04 €" of thousandths of a euro. */
export function cost(millis) {
  return EUROS.format(millis / 1000);
}

/** What would leave: "3 SMS pour 2 personnes, 0,12 € environ. 1 personne ne recevra rien." */
export function summary({ recipients, segments, cost_millis, goes_at }, now = Date.now()) {
  const refused = recipients.filter((one) => one.refused).length;
  const written = recipients.length - refused;
  if (!written) return "Aucune de ces personnes ne peut recevoir de SMS.";
  const price = cost_millis === null ? "prix non connu" : `${cost(cost_millis)} environ`;
  const parts = [`${segments} SMS pour ${plural(written, "personne")}, ${price}.`];
  if (refused) parts.push(`${plural(refused, "personne")} ne ${refused > 1 ? "recevront" : "recevra"} rien.`);
  return parts.concat(later(goes_at, now)).join(" ");
}

/** What left, or will. */
export function posted({ written, refused, goes_at }, now = Date.now()) {
  const parts = [`Message envoyé à ${plural(written, "personne")}.`];
  if (refused) parts.push(`${plural(refused, "personne")} n’${refused > 1 ? "ont" : "a"} rien reçu.`);
  return parts.concat(later(goes_at, now)).join(" ");
}

function later(goes_at, now) {
  const at = Date.parse(goes_at);
  return at - now > SOON ? [`Départ : ${MOMENT.format(at)}.`] : [];
}

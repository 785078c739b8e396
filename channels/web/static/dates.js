// Dates and hours as French writes them, by the clock of Paris wherever the telephone is.

const PARIS = "Europe/Paris";
const day = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: PARIS });
const hour = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: PARIS });
// A day without an hour: read and written in UTC, it stays the same day.
const date = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** "mardi 1er décembre", of an instant in ISO 8601. */
export const dayOf = (instant) => first(day.format(new Date(instant)));

/** "9 h 30" or "14 h", of an instant in ISO 8601. */
export function hourOf(instant) {
  const parts = hour.formatToParts(new Date(instant));
  const number = (type) => Number(parts.find((part) => part.type === type).value);
  return number("minute") ? `${number("hour")} h ${String(number("minute")).padStart(2, "0")}` : `${number("hour")} h`;
}

/** "1er mars 2027", of a day in ISO 8601 ("2027-03-01"). */
export const dateOf = (iso) => first(date.format(new Date(`${iso}T00:00:00Z`)));

/** French says "1er", Intl says "1". */
function first(written) {
  return written.replace(/(^| )1 /, "$11er ");
}

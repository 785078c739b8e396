// Instants in words, at the hour of Paris: how long somebody has waited, by when, and when to look again.

const MINUTE = 60000;
const ZONE = "Europe/Paris";
const DAY = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });
const SHORT_DAY = new Intl.DateTimeFormat("fr-FR", { weekday: "short", day: "numeric", month: "short", timeZone: ZONE });
const SHORT = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", timeZone: ZONE });
const HOUR = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
});
const MONDAY = 1;
// When a morning begins at a desk.
const OPENING = [8, 30];

/** "depuis 5 min", "depuis 3 h", "depuis 2 jours". */
export function waited(since, now) {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE));
  if (minutes < 60) return `depuis ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `depuis ${hours} h`;
  const days = Math.floor(hours / 24);
  return `depuis ${days} jour${days > 1 ? "s" : ""}`;
}

/** "Pour mardi 2 décembre", or "En retard : c’était pour mardi 2 décembre". */
export function due(item) {
  const day = DAY.format(new Date(item.due_at));
  return item.late ? `En retard : c’était pour ${day}` : `Pour ${day}`;
}

/** The same for a narrow list: "Pour mar. 2 déc.", "En retard, prévu mar. 2 déc." */
export function dueShort(item) {
  const day = SHORT_DAY.format(new Date(item.due_at));
  return item.late ? `En retard, prévu ${day}` : `Pour ${day}`;
}

/** "2 déc., 14:05". */
export function moment(instant) {
  const when = new Date(instant);
  return `${SHORT.format(when)}, ${HOUR.format(when)}`;
}

/** "mardi 2 décembre, 14:05". */
export function dayAndHour(instant) {
  const when = new Date(instant);
  return `${DAY.format(when)}, ${HOUR.format(when)}`;
}

/** The day of an instant in Paris: "2026-12-02". */
export function dayOf(instant) {
  const { year, month, day } = clock(instant);
  return [year, pad(month), pad(day)].join("-");
}

/** The instant (milliseconds) of a Paris morning, at half past eight, by its day "2026-12-02". */
export function morning(day) {
  const [year, month, date] = day.split("-").map(Number);
  const asUtc = Date.UTC(year, month - 1, date, ...OPENING);
  // No clock of ours changes at that hour: one look at the offset is enough.
  return asUtc - offset(asUtc);
}

/** Until when a request may be set aside, from `now`: `[{label, until}]`, instants in milliseconds. */
export function laterThan(now) {
  const hence = now + 60 * MINUTE;
  const tomorrow = dayFrom(now, 1);
  const choices = [
    { label: `Dans une heure, à ${HOUR.format(hence)}`, until: hence },
    { label: "Demain à 8 h 30", until: morning(tomorrow) },
  ];
  const monday = dayFrom(now, daysToMonday(now));
  if (monday !== tomorrow) choices.push({ label: `${capital(DAY.format(morning(monday)))} à 8 h 30`, until: morning(monday) });
  return choices;
}

function daysToMonday(now) {
  const { year, month, day } = clock(now);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return (MONDAY + 6 - weekday) % 7 + 1;
}

function dayFrom(now, days) {
  const { year, month, day } = clock(now);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

function offset(instant) {
  const { year, month, day, hour, minute, second } = clock(instant);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function clock(instant) {
  return Object.fromEntries(PARTS.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pad(number) {
  return String(number).padStart(2, "0");
}

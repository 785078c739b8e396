// Who comes first, and since when they wait, in words.

const MINUTE = 60000;
const ZONE = "Europe/Paris";
const DAY = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long", timeZone: ZONE });
const SHORT = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", timeZone: ZONE });
const HOUR = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });

const rank = (item) => (item.kind === "to_answer" ? 0 : 2) + (item.late ? 0 : 1);

/** What is to answer, then what is late, then what is due first. */
export function ordered(items) {
  return items.slice().sort((one, other) => rank(one) - rank(other) || Date.parse(one.due_at) - Date.parse(other.due_at));
}

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

/** "2 déc., 14:05", at the Paris hour. */
export function moment(instant) {
  const when = new Date(instant);
  return `${SHORT.format(when)}, ${HOUR.format(when)}`;
}

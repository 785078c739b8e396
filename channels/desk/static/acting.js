// What a caseworker does to a request: always upon the version that they saw.

import { delay } from "/static/backoff.js";

// The words and labels of api/desk/labels.py.
export const OUTCOMES = [
  ["answered", "Réponse donnée"],
  ["called", "Personne appelée"],
  ["appointment", "Rendez-vous fixé"],
  ["unreachable", "Personne injoignable"],
  ["transferred", "Transmise à un autre service"],
  ["nothing", "Sans suite"],
];

/** Said while what could not be read is asked for again. */
export const AGAIN = "Le bureau ne répond pas. Nouvel essai en cours…";

// Where nothing else wakes a reading, somebody looks at a screen that is behind: 4 s at most between two tries.
const PATIENT = 3;

/** Milliseconds before a reading that failed `failures` times is tried again. */
export function pause(failures) {
  return delay(Math.min(failures, PATIENT));
}

const REFUSED = "Ce n’est pas enregistré. Réessayez.";
const AWAY = "Le bureau ne répond pas. Ce n’est pas enregistré : réessayez.";

/** `{done, changed, ended, say}`: changed, somebody came first and it must be read again; ended, nobody is signed in. */
export function concluded(answer) {
  const said = answer.body && answer.body.message;
  if (answer.status >= 200 && answer.status < 300) return { done: true, changed: true, ended: false, say: "" };
  if (answer.status === 401) return { done: false, changed: false, ended: true, say: said || REFUSED };
  if (answer.status === 0) return { done: false, changed: false, ended: false, say: AWAY };
  return { done: false, changed: answer.status === 409 || answer.status === 404, ended: false, say: said || REFUSED };
}

/** Which actions a request allows, in the order shown. A supervisor gives to a colleague whatever the team has. */
export function allowed({ state, mine, owner }, role) {
  if (state === "closed") return ["reopen"];
  if (mine) return ["close", "snooze", "assign", "pass-on", "give-back", "hand-back"];
  if (owner) return role === "supervisor" ? ["assign"] : [];
  return ["take", "assign", "pass-on", "snooze", "close"];
}

// The person beside: read when they are shown, acted for from here, and read again after each act.

import { make } from "/static/text.js";
import { uuid } from "/static/identifiers.js";

import { concluded } from "./acting.js";
import { createConfirm } from "./person-confirm.js";
import { hourList, linkOf, partsOf } from "./person-view.js";

const CONFIDENTIAL = {
  true: {
    title: "Rendre ce dossier confidentiel ?",
    text: "Plus rien du dossier ne sera dit par SMS, ni après un code sur le site. Les SMS qui attendent ne partiront pas. Seul un lien personnel, remis en main propre, ouvrira le dossier, sans lieu ni nom.",
    yes: "Rendre confidentiel",
  },
  false: {
    title: "Lever la confidentialité ?",
    text: "Les rendez-vous, leur lieu et le nom du conseiller pourront de nouveau être dits par SMS et sur le site. Assurez-vous que la personne est seule à lire son téléphone.",
    yes: "Lever la confidentialité",
  },
};

const REMINDERS = {
  title: "Envoyer des rappels à cette personne ?",
  text: "Seulement si elle vous l’a demandé en personne. Un SMS dira le jour et l’heure de ses rendez-vous, sans lieu ni nom. Demandez-lui qui d’autre peut lire son téléphone.",
  yes: "Elle me l’a demandé",
};

const NUMBER = {
  title: "Ce numéro est-il bien le sien ?",
  text: "Quelqu’un a répondu que ce n’était pas la bonne personne, ou les SMS n’arrivaient pas. Ne confirmez qu’après l’avoir entendu de la personne elle-même.",
  yes: "Numéro vérifié",
};

/** `changed()` is called after each act. `show(id)` resolves to what is known, or to null. */
export function createPerson({ api, root, changed = () => {}, makeId = uuid }) {
  const said = make("p", "notice person-said");
  said.setAttribute("role", "status");
  said.tabIndex = -1;
  const parts = make("div");
  const confirm = createConfirm();
  root.replaceChildren(said, parts, confirm.dialog);
  // One id for one hour, however often it is pressed while nobody answers.
  const ids = new Map();
  let current = null;
  let busy = false;
  let opener = null;

  /** How it went: what was done is calm, a refusal is not; both are read aloud. */
  function tell(text, done = false) {
    said.textContent = text;
    said.classList.toggle("done", done);
  }

  const here = (what = "") => `/people/${current}${what}`;

  async function show(id) {
    if (id !== current) {
      parts.replaceChildren();
      tell("");
    }
    current = id;
    const answer = await api.call(`/people/${id}`);
    if (id !== current) return null;
    if (answer.status !== 200) {
      tell(concluded(answer).say || "Cette fiche n’a pas pu être lue.");
      return null;
    }
    parts.replaceChildren(...partsOf(answer.body, { book: () => hours(null), move: hours, cancel, mark, remind, checked, link }));
    return answer.body;
  }

  /** Sends it, says how it went, and shows the person as they are now; true when it was done. */
  async function act(path, method, body, done) {
    if (busy) return false;
    busy = true;
    const id = current;
    const answer = await api.call(path, { method, body });
    busy = false;
    const result = concluded(answer);
    if (id !== current) return result.done;
    if (result.changed) await show(id);
    tell(result.done ? done : result.say, result.done);
    // What was pressed may be gone with what it did: whoever uses the keyboard goes on from what is said.
    if (document.activeElement === document.body) said.focus();
    if (result.done) changed();
    return result.done;
  }

  async function hours(visit, after = null) {
    if (!after) opener = document.activeElement;
    const asked = new URLSearchParams();
    if (visit) asked.set("appointment", visit.id);
    if (after) asked.set("after", after);
    const id = current;
    const answer = await api.call(here(`/slots?${asked}`));
    if (id !== current) return;
    if (answer.status !== 200) tell(concluded(answer).say || "Les heures libres n’ont pas pu être lues.");
    else offer(visit, answer.body);
  }

  function offer(visit, found) {
    const held = parts.querySelector(".hours-place");
    const shut = () => {
      held.replaceChildren();
      opener.focus();
    };
    const list = hourList(visit, found, { take: (slot) => take(visit, slot), more: () => hours(visit, found.after), shut });
    held.replaceChildren(list);
    list.querySelector("button").focus();
  }

  function take(visit, slot) {
    if (visit) return act(here(`/appointments/${visit.id}/move`), "POST", { slot: slot.id }, `Rendez-vous déplacé : ${slot.label}.`);
    if (!ids.has(slot.id)) ids.set(slot.id, makeId());
    const body = { id: ids.get(slot.id), slot: slot.id };
    return act(here("/appointments"), "POST", body, `Rendez-vous pris : ${slot.label}.`).then((done) => {
      if (done) ids.delete(slot.id);
    });
  }

  async function cancel(visit) {
    const question = { title: "Annuler ce rendez-vous ?", text: `${visit.when}, ${visit.title}. La personne sera prévenue.`, yes: "Annuler le rendez-vous" };
    if (await confirm.ask(question)) await act(here(`/appointments/${visit.id}/cancel`), "POST", {}, "Rendez-vous annulé.");
  }

  async function mark(confidential) {
    if (!(await confirm.ask(CONFIDENTIAL[confidential]))) return;
    const done = confidential ? "Le dossier est confidentiel." : "Le dossier n’est plus confidentiel.";
    await act(here("/confidential"), "PUT", { confidential }, done);
  }

  async function remind(asked) {
    if (asked && !(await confirm.ask(REMINDERS))) return;
    const done = asked ? "Des rappels partiront avant ses rendez-vous." : "Plus aucun rappel ne partira.";
    await act(here("/reminders"), "PUT", { asked }, done);
  }

  async function checked() {
    if (await confirm.ask(NUMBER)) await act(here("/number-checked"), "POST", {}, "Le numéro peut de nouveau recevoir des SMS.");
  }

  async function link() {
    const id = current;
    const answer = await api.call(here("/link"), { method: "POST", body: {} });
    if (id !== current) return;
    if (answer.status !== 200) tell(concluded(answer).say);
    else parts.querySelector(".link-place").replaceChildren(linkOf(answer.body));
  }

  return {
    show,
    close() {
      current = null;
      tell("");
      parts.replaceChildren();
    },
  };
}

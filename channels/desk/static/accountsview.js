// The table of accounts: what each is, and what an administrator may do with it.

import { make } from "/static/text.js";

export const ROLES = {
  caseworker: "Conseiller",
  supervisor: "Responsable d’équipe",
  administrator: "Administrateur",
  auditor: "Auditeur",
};

// What each act says on its button, before it is done where it takes something away, and afterwards.
export const ACTS = {
  invite: { label: "Inviter de nouveau", done: "L’invitation est partie." },
  "end-sessions": { label: "Fermer les sessions", done: "Les sessions sont fermées." },
  "remove-second-factor": {
    label: "Retirer le code",
    sure: "Un autre téléphone sera demandé à la prochaine connexion. Vérifiez d’abord qui vous le demande.",
    done: "Le code est retiré. Les sessions sont fermées.",
  },
  deactivate: {
    label: "Désactiver",
    sure: "Plus personne n’entrera par ce compte. Ses demandes restent : un responsable les confie à quelqu’un.",
    done: "Le compte est désactivé.",
  },
  activate: { label: "Réactiver", done: "Le compte est réactivé." },
};

/** "Actif, protégé par un code, 2 sessions ouvertes". */
export function stateWords({ active, second_factor: factor, sessions, invited }) {
  if (!active) return "Désactivé";
  const parts = ["Actif", factor ? "protégé par un code" : "sans code"];
  if (invited) parts.push("invitation en attente");
  if (sessions) parts.push(sessions > 1 ? `${sessions} sessions ouvertes` : "1 session ouverte");
  return parts.join(", ");
}

/** What may be done with an account, by name. Nobody acts upon their own. */
export function actsOf({ active, second_factor: factor, sessions, mine }) {
  if (mine) return [];
  if (!active) return ["activate"];
  return ["invite", ...(sessions ? ["end-sessions"] : []), ...(factor ? ["remove-second-factor"] : []), "deactivate"];
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Accounts that have every word of `search` in their name, address or team, whatever the accents. */
export function found(accounts, search) {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return accounts.filter(({ name, email, organisation }) =>
    words.every((word) => folded(`${name} ${email} ${organisation}`).includes(word))
  );
}

/** `press(name, account)` is what a button of a row does. */
export function drawAccounts(body, accounts, press) {
  body.replaceChildren(...accounts.map((account) => row(account, press)));
}

function row(account, press) {
  const line = make("tr");
  const name = make("th", "", account.name);
  name.scope = "row";
  name.append(make("br"), make("span", "hint", account.email));
  const acts = make("td");
  const buttons = make("div", "row");
  buttons.append(...actsOf(account).map((act) => button(act, account, press)));
  acts.append(account.mine ? make("span", "hint", "Votre compte") : buttons);
  line.append(
    name,
    make("td", "", ROLES[account.role]),
    make("td", "", account.organisation),
    make("td", account.active ? "" : "off", stateWords(account)),
    acts
  );
  return line;
}

function button(act, account, press) {
  const made = make("button", "quiet", ACTS[act].label);
  made.type = "button";
  Object.assign(made.dataset, { account: account.id, act });
  made.append(make("span", "unseen", ` : ${account.name}`));
  made.addEventListener("click", () => press(act, account));
  return made;
}

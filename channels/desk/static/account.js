// My account: the code asked for at each sign-in, my password, how people reach me.

import { make } from "/static/text.js";

import { knownRows, spaced } from "./accountview.js";
import { meaning } from "./answers.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { signInFirst } from "./places.js";

const DUE = "Votre compte n’est pas encore protégé par un code. Ajoutez-le pour entrer au bureau.";
const OFF = "Votre compte n’est pas encore protégé par un code. Un mot de passe seul se vole facilement.";
const ON = "Votre compte demande un code à chaque connexion. Téléphone perdu ? Demandez à un administrateur de retirer ce code.";

const at = (id) => document.getElementById(id);
const api = createApi();

function told(answer) {
  const { done, ended, say } = meaning(answer);
  if (ended) location.assign(signInFirst("account"));
  at("notice").textContent = say;
  at("done").textContent = "";
  return done;
}

/** Sends a form once at a time; `then(body, form)` follows what was done. */
function sends(form, path, body, then) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const answer = await api.call(path, { method: "POST", body: body(form.elements) });
    button.disabled = false;
    if (told(answer)) then(answer.body, form);
  });
}

function protect(me) {
  at("factor-state").textContent = me.second_factor ? ON : me.pages.length ? OFF : DUE;
  at("enrol").hidden = me.second_factor;
  at("confirm").hidden = true;
}

async function open(me) {
  protect(me);
  const rest = Boolean(me.pages.length);
  at("password-panel").hidden = at("known-panel").hidden = !rest;
  if (!rest) return;
  const answer = await api.call("/me/account");
  if (!told(answer)) return;
  const rows = knownRows(answer.body).flatMap(([label, value]) => [make("dt", "", label), make("dd", "", value)]);
  at("known").replaceChildren(...rows);
}

sends(
  at("enrol"),
  "/me/second-factor",
  ({ password }) => ({ password: password.value }),
  ({ secret, svg }, form) => {
    form.reset();
    form.hidden = true;
    at("secret").textContent = spaced(secret);
    // Another picture each time, under one address.
    at("qr").src = `${svg}?${Date.now()}`;
    at("confirm").hidden = false;
    at("first-code").focus();
  }
);

sends(
  at("confirm"),
  "/me/second-factor/confirm",
  ({ code }) => ({ code: code.value.replace(/\s/g, "") }),
  // The frame is drawn for what was due: all of it is drawn again.
  () => location.reload()
);

at("restart").addEventListener("click", () => {
  at("confirm").hidden = true;
  at("enrol").hidden = false;
  at("enrol-password").focus();
});

sends(
  at("password"),
  "/me/password",
  (fields) => ({ old: fields.old.value, new: fields.new.value }),
  (_, form) => {
    form.reset();
    at("done").textContent = "Votre mot de passe est changé. Vos autres postes sont déconnectés.";
    at("title").focus();
  }
);

await open(await createFrame({ page: "account", api }));

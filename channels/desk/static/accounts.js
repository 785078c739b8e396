// The accounts of an authority, for its administrators.

import { ACTS, ROLES, drawAccounts, found } from "./accountsview.js";
import { meaning } from "./answers.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { signInFirst } from "./places.js";

const at = (id) => document.getElementById(id);
const api = createApi();
const sure = at("sure");

let accounts = [];
let chosen = null;

function told(answer, place) {
  const { done, ended, say } = meaning(answer);
  if (ended) location.assign(signInFirst("accounts"));
  place.textContent = say;
  return done;
}

function draw() {
  const shown = found(accounts, at("search").value);
  drawAccounts(at("accounts"), shown, press);
  at("count").textContent = shown.length > 1 ? `${shown.length} comptes` : `${shown.length} compte`;
}

async function read() {
  const answer = await api.call("/accounts");
  if (!told(answer, at("notice"))) return;
  accounts = answer.body;
  draw();
}

function press(act, account) {
  chosen = { act, account };
  if (!ACTS[act].sure) {
    send(at("notice"));
    return;
  }
  at("sure-title").textContent = `${ACTS[act].label} : ${account.name}`;
  at("sure-text").textContent = ACTS[act].sure;
  sure.querySelector(".notice").textContent = "";
  sure.showModal();
}

/** Does what was chosen; a refusal is said in `place`. */
async function send(place) {
  const { act, account } = chosen;
  const answer = await api.call(`/accounts/${account.id}/${act}`, { method: "POST", body: {} });
  if (!told(answer, place)) return;
  if (sure.open) sure.close();
  await read();
  at("done").textContent = `${account.name} : ${ACTS[act].done}`;
  // The row is drawn anew, perhaps without the button that was pressed.
  const again = document.querySelector(`[data-account="${account.id}"]`);
  (again || at("title")).focus();
}

async function add(event) {
  event.preventDefault();
  const value = (id) => at(id).value.trim();
  const body = {
    first_name: value("first-name"),
    last_name: value("last-name"),
    email: value("email"),
    phone: value("phone"),
    role: value("role"),
    organisation: value("organisation"),
  };
  const button = event.target.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await api.call("/accounts", { method: "POST", body });
  button.disabled = false;
  if (!told(answer, at("notice"))) return;
  at("add").reset();
  await read();
  at("done").textContent = `L’invitation de ${body.first_name} ${body.last_name} est partie.`;
  at("first-name").focus();
}

async function teams() {
  const answer = await api.call("/accounts/teams");
  if (!told(answer, at("notice"))) return;
  at("organisation").replaceChildren(...answer.body.map(({ id, name }) => new Option(name, id)));
}

at("role").replaceChildren(...Object.entries(ROLES).map(([value, label]) => new Option(label, value)));
at("add").addEventListener("submit", add);
at("find").addEventListener("submit", (event) => event.preventDefault());
at("search").addEventListener("input", draw);
sure.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  send(sure.querySelector(".notice"));
});
sure.querySelector("[data-shut]").addEventListener("click", () => sure.close());

await createFrame({ page: "accounts", api });
await teams();
await read();

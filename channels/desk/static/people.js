// Mes personnes: who is followed and what is due, one person beside, and writing first to those who are chosen.

import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { AT_MOST, createChosen } from "./people-chosen.js";
import { createTable } from "./people-table.js";
import { createWriting } from "./people-write.js";
import { plural } from "./people-words.js";
import { createPerson } from "./person.js";
import { signInFirst } from "./places.js";
import { createUndelivered } from "./undelivered.js";

const SIZE = 50;
const AWAY = "Le bureau ne répond pas. Réessayez.";

const at = (id) => document.getElementById(id);
const api = createApi();
const chosen = createChosen();
let number = 1;
let opened = null;
// The table that the person beside was opened from: the focus goes back there.
let opener = null;
let latest = 0;

const say = (text, done = false) => {
  at("said").textContent = text;
  at("said").classList.toggle("done", done);
};
const ended = () => location.assign(signInFirst("people"));
const table = createTable({
  places: { body: at("rows"), all: at("all"), empty: at("empty"), count: at("count") },
  chosen,
  open: (one) => open(one, table),
  choose,
});
const undelivered = createUndelivered({
  api,
  places: {
    section: at("undelivered"),
    table: at("undelivered-table"),
    body: at("undelivered-rows"),
    said: at("undelivered-said"),
  },
  open: (one) => open(one, undelivered),
  ended,
});
const person = createPerson({ api, root: at("beside"), changed: read });
const writing = createWriting({ at, api, chosen, say, done: written, ended });

/** The filters as the address of the list and of its file. */
function wanted() {
  const asked = new URLSearchParams();
  if (at("due").value) asked.set("due", at("due").value);
  if (at("search").value.trim()) asked.set("search", at("search").value.trim());
  return asked;
}

async function read() {
  latest += 1;
  const mine = latest;
  const asked = wanted();
  at("export").href = `/desk/people.csv?${asked}`;
  asked.set("page", number);
  const answer = await api.call(`/people?${asked}`);
  if (mine !== latest) return;
  if (answer.status === 401) ended();
  else if (answer.status !== 200) say((answer.body && answer.body.message) || AWAY);
  else draw(answer.body);
}

function draw(page) {
  say("");
  table.draw(page, opened);
  at("pages").hidden = page.total <= SIZE;
  at("previous").disabled = number === 1;
  at("next").disabled = number * SIZE >= page.total;
}

function from(first) {
  number = first;
  return read();
}

async function open({ id, name }, from) {
  opened = id;
  opener = from;
  table.current(id);
  at("person-title").textContent = name;
  at("person").hidden = false;
  document.querySelector(".people-columns").dataset.open = "";
  at("person-title").focus();
  await person.show(id);
}

function close() {
  const last = opened;
  opened = null;
  person.close();
  at("person").hidden = true;
  delete document.querySelector(".people-columns").dataset.open;
  table.current(null);
  opener.focus(last);
}

function choose(id, on) {
  const possible = chosen.set(id, on);
  if (!possible) say(`${AT_MOST} personnes au plus à la fois.`);
  count();
  writing.changed();
  return possible;
}

function count() {
  const many = chosen.size();
  at("write").disabled = many === 0;
  at("write").textContent = many ? `Écrire à ${plural(many, "personne choisie", "personnes choisies")}` : "Écrire aux personnes choisies";
  at("clear").hidden = many === 0;
}

function written(text) {
  chosen.clear();
  count();
  read().then(() => say(text, true));
}

at("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  from(1);
});
at("due").addEventListener("change", () => from(1));
at("previous").addEventListener("click", () => from(number - 1));
at("next").addEventListener("click", () => from(number + 1));
at("write").addEventListener("click", () => writing.open());
at("clear").addEventListener("click", () => {
  chosen.clear();
  count();
  writing.changed();
  read();
  // The button is gone with the choice.
  at("all").focus();
});
at("person-close").addEventListener("click", close);
at("person").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
});

await createFrame({ page: "people", api });
read();
undelivered.read();

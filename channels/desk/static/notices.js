// What an authority tells everybody who writes to it, for its administrators.

import { meaning } from "./answers.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { KINDS, countWords, drawNotices, lengthWords, missing, refusedField } from "./noticesview.js";
import { createOrder } from "./people-chosen.js";
import { signInFirst } from "./places.js";

const at = (id) => document.getElementById(id);
const api = createApi();
const order = createOrder();
const sure = at("sure");
const CHECKED = ["text", "first-day", "first-hour", "last-day", "last-hour"];

let chosen = null;

function told(answer, place) {
  const { done, ended, say } = meaning(answer);
  if (ended) location.assign(signInFirst("notices"));
  place.textContent = say;
  return done;
}

async function read() {
  const answer = await api.call("/notices");
  if (!told(answer, at("notice"))) return;
  drawNotices(at("notices"), answer.body, ask);
  at("count").textContent = countWords(answer.body.length);
}

/** What is wrong stands beside the button, and the field is marked and reached. */
function refuse(field, say) {
  at("refused").textContent = say;
  CHECKED.forEach((id) => at(id).setAttribute("aria-invalid", String(id === field)));
  if (field) at(field).focus();
}

function written() {
  const value = (id) => at(id).value.trim();
  return {
    kind: value("kind"),
    text: value("text"),
    first_day: value("first-day"),
    first_hour: value("first-hour") || null,
    last_day: value("last-day"),
    last_hour: value("last-hour") || null,
  };
}

async function add(event) {
  event.preventDefault();
  const body = written();
  const lacks = missing(body);
  refuse(lacks && lacks.field, lacks ? lacks.say : "");
  if (lacks) return;
  const button = event.target.querySelector("[type=submit]");
  button.disabled = true;
  // Tried again as it stands it is the same notice, also if the first answer was lost on its way.
  const { id } = order.of([], JSON.stringify(body));
  const answer = await api.call("/notices", { method: "POST", body: Object.assign({ id }, body) });
  button.disabled = false;
  if (!told(answer, at("refused"))) {
    refuse(refusedField(answer), at("refused").textContent);
    return;
  }
  order.done();
  at("add").reset();
  describe();
  await read();
  at("done").textContent = "L’annonce est publiée.";
  at("list-title").focus();
}

function ask(notice) {
  chosen = notice;
  at("sure-text").textContent = notice.text;
  sure.querySelector(".notice").textContent = "";
  sure.showModal();
}

async function end(event) {
  event.preventDefault();
  const answer = await api.call(`/notices/${chosen.id}/end`, { method: "POST", body: {} });
  if (!told(answer, sure.querySelector(".notice"))) return;
  sure.close();
  await read();
  at("done").textContent = "L’annonce est retirée.";
  at("list-title").focus();
}

function describe() {
  at("kind-hint").textContent = KINDS[at("kind").value].hint;
  at("text-count").textContent = lengthWords(at("text").value);
}

at("kind").replaceChildren(...Object.entries(KINDS).map(([value, { label }]) => new Option(label, value)));
at("kind").addEventListener("change", describe);
at("text").addEventListener("input", describe);
at("add").addEventListener("submit", add);
sure.querySelector("form").addEventListener("submit", end);
sure.querySelector("[data-shut]").addEventListener("click", () => sure.close());
describe();

await createFrame({ page: "notices", api });
await read();

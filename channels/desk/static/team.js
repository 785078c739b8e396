// The team as its supervisor sees it: who has how much, what is late, who is away and who takes over.

import { concluded } from "./acting.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { dayOf } from "./moments.js";
import { signInFirst } from "./places.js";
import { drawLate, drawMembers, drawSms, movedWords, unassignedWords } from "./teamview.js";

const at = (id) => document.getElementById(id);
const api = createApi();
// Loads change all day; whoever watches them does not ask for it.
const AGAIN = 60000;

let members = [];
let chosen = null;

async function read() {
  const answer = await api.call("/team");
  const { done, say } = settle(answer);
  at("notice").textContent = say;
  if (!done) return;
  members = answer.body.members;
  drawMembers(at("members"), members, { away: askAbsence, over: askOver });
  drawLate(at("late"), answer.body.late);
  at("none-late").hidden = answer.body.late.length > 0;
  at("late-table").hidden = !answer.body.late.length;
  at("unassigned").textContent = unassignedWords(answer.body.unassigned);
}

/** Beside the team's own work: where it cannot be read, or nothing was sent, there is no section. */
async function readSms() {
  const { status, body } = await api.call("/team/sms");
  if (status !== 200) return;
  at("sms-costs").hidden = !body.length;
  drawSms(at("sms-months"), body);
}

function settle(answer) {
  const result = concluded(answer);
  if (result.ended) location.assign(signInFirst("team"));
  return result;
}

function colleagues(select, first) {
  const others = members.filter(({ id }) => id !== chosen.id);
  select.replaceChildren(new Option(first, ""), ...others.map(({ id, name }) => new Option(name, id)));
}

function begin(dialog, title, member) {
  chosen = member;
  dialog.querySelector("h2").textContent = `${title} : ${member.name}`;
  dialog.querySelector(".notice").textContent = "";
  dialog.showModal();
}

function askAbsence(member) {
  begin(at("absence-dialog"), "Absence", member);
  colleagues(at("stand-in"), "Personne pour l’instant");
  at("from").value = member.absent_from || dayOf(Date.now());
  at("until").value = member.absent_until || "";
  at("stand-in").value = member.stand_in ? member.stand_in.id : "";
  at("back").hidden = !member.absent_from;
}

function askOver(member) {
  begin(at("over-dialog"), "Confier toutes les demandes de", member);
  colleagues(at("to"), "Choisissez");
  at("to").value = member.stand_in ? member.stand_in.id : "";
}

/** Sends, and closes the dialog once it is done; `words(body)` is what is said then. */
async function send(dialog, path, options, words) {
  const answer = await api.call(`/team/${chosen.id}${path}`, options);
  const { done, say } = settle(answer);
  dialog.querySelector(".notice").textContent = say;
  if (!done) return;
  dialog.close();
  at("done").textContent = words(answer.body);
  // The table is drawn anew: its button that opened the dialog is another one.
  const { id } = chosen;
  const { does } = dialog.dataset;
  await read();
  const again = document.querySelector(`[data-member="${id}"][data-does="${does}"]`);
  (again || at("title")).focus();
}

function absence(body, words) {
  return send(at("absence-dialog"), "/absence", { method: "PUT", body }, () => words);
}

at("absence-dialog").dataset.does = "away";
at("over-dialog").dataset.does = "over";
at("absence-dialog").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const body = { from: at("from").value, until: at("until").value || null, stand_in: at("stand-in").value || null };
  absence(body, `L’absence de ${chosen.name} est enregistrée.`);
});
at("back").addEventListener("click", () => absence({}, `${chosen.name} est de retour.`));
at("over-dialog").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const options = { method: "POST", body: { to: at("to").value } };
  send(at("over-dialog"), "/hand-over", options, ({ moved }) => movedWords(moved));
});
document.querySelectorAll("[data-shut]").forEach((button) => {
  button.addEventListener("click", () => button.closest("dialog").close());
});

await createFrame({ page: "team", api });
await read();
await readSms();
setInterval(() => document.querySelector("dialog[open]") || document.hidden || read(), AGAIN);

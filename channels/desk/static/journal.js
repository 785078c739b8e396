// The journal, for auditors: a page at a time, by caseworker and by day.

import { meaning } from "./answers.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { PAGE, countWords, drawEntries, query } from "./journalview.js";
import { signInFirst } from "./places.js";

const at = (id) => document.getElementById(id);
const api = createApi();

let page = 1;
let wanted = {};

async function read() {
  const answer = await api.call(`/journal?${query(page, wanted)}`);
  const { done, ended, say } = meaning(answer);
  if (ended) location.assign(signInFirst("journal"));
  at("notice").textContent = say;
  if (!done) return;
  const { total, items, caseworkers } = answer.body;
  choices(caseworkers);
  drawEntries(at("entries"), items);
  at("count").textContent = countWords(page, items.length, total);
  at("pager").hidden = total <= PAGE;
  at("previous").disabled = page === 1;
  at("next").disabled = page * PAGE >= total;
}

function choices(caseworkers) {
  const chosen = at("caseworker").value;
  const options = caseworkers.map(({ id, name }) => new Option(name, id));
  at("caseworker").replaceChildren(new Option("Tout le monde", ""), ...options);
  at("caseworker").value = chosen;
}

async function turn(by) {
  page += by;
  await read();
  at("entries-title").focus();
}

at("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  page = 1;
  wanted = { caseworker: at("caseworker").value, from: at("from").value, until: at("until").value };
  read();
});
at("previous").addEventListener("click", () => turn(-1));
at("next").addEventListener("click", () => turn(1));

await createFrame({ page: "journal", api });
await read();

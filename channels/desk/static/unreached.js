// Personnes sans SMS: who they are, why, and letters to print.

import { meaning } from "./answers.js";
import { createApi } from "./api.js";
import { createFrame } from "./frame.js";
import { signInFirst } from "./places.js";
import { allLetters, counted, drawUnreached, madeWords } from "./unreachedview.js";

const at = (id) => document.getElementById(id);
const api = createApi();

function say(text, done = false) {
  at("said").textContent = text;
  at("said").classList.toggle("done", done);
}

function settle(answer) {
  const result = meaning(answer);
  if (result.ended) location.assign(signInFirst("unreached"));
  say(result.say);
  return result.done;
}

async function read() {
  const answer = await api.call("/unreached");
  if (!settle(answer)) return;
  const many = answer.body.length;
  at("count").textContent = counted(many);
  at("unreached").hidden = at("print-all").hidden = !many;
  at("print-all").textContent = allLetters(many);
  drawUnreached(at("rows"), answer.body, (person, button) => {
    print(`/unreached/${person.id}/letter`, `lettre-${person.name}.pdf`, madeWords(person.name), button);
  });
}

/** One click, one file: each has a code of its own, and the first paper would be thrown away. */
async function print(path, name, words, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  // Not `disabled`: Chromium throws the focus of a disabled button back to the body.
  button.setAttribute("aria-disabled", "true");
  const answer = await api.file(path);
  if (settle(answer)) {
    keep(answer.body, name);
    say(words, true);
  }
  button.setAttribute("aria-disabled", "false");
}

function keep(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has begun to read it by then; kept longer, a letter would stay in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

at("print-all").addEventListener("click", () => print("/unreached/letters", "lettres.pdf", madeWords(null), at("print-all")));
await createFrame({ page: "unreached", api });
await read();

import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { allLetters, counted, madeWords } = await load("unreachedview.js");
const { createApi } = await load("api.js");

test("counts are said in words, none and one included", () => {
  assert.match(counted(0), /tout le monde/);
  assert.deepEqual([counted(1), counted(3)], ["1 personne", "3 personnes"]);
  assert.deepEqual([allLetters(1), allLetters(3)], ["Imprimer la lettre", "Imprimer les 3 lettres"]);
});

test("what was made says for whom", () => {
  assert.match(madeWords("Maëlle Le Goff"), /^La lettre pour Maëlle Le Goff/);
  assert.match(madeWords(null), /^Les lettres sont/);
});

test("a file is read whole, and a refusal in its words", async () => {
  const headers = new Headers();
  const answers = [
    { ok: true, status: 200, headers, blob: async () => "PDF" },
    { ok: false, status: 404, headers, json: async () => ({ message: "Cette personne n’est pas dans la liste." }) },
  ];
  const asked = [];
  const api = createApi(async (path, { method, headers: sent }) => {
    asked.push([method, path, sent["X-Hent-Desk"]]);
    return answers.shift();
  });
  assert.equal((await api.file("/unreached/p1/letter")).body, "PDF");
  assert.match((await api.file("/unreached/p1/letter")).body.message, /pas dans la liste/);
  assert.deepEqual(asked[0], ["POST", "/desk/unreached/p1/letter", "1"]);
});

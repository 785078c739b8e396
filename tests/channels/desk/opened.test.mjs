import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { createOpened } = await load("opened.js");
const { createLog } = await load("log.js");
const { allowed } = await load("acting.js");

const said = (...numbers) => numbers.map((seq) => ({ seq, text: `texte ${seq}` }));
const seqs = (list) => list.map(({ seq }) => seq);

test("messages are asked for after the last one known, and none is missed or twice", async () => {
  const asked = [];
  const answers = [said(1, 2), said(2, 3, 4)];
  const log = createLog(async (after) => {
    asked.push(after);
    return answers.shift();
  });
  await log.catchUp();
  assert.deepEqual(seqs(await log.catchUp()), [3, 4]);
  assert.deepEqual(asked, [0, 2]);
  assert.deepEqual(seqs(log.all()), [1, 2, 3, 4]);
});

test("what is told while a read is on its way is read after it", async () => {
  const asked = [];
  const log = createLog(async (after) => {
    asked.push(after);
    await null;
    if (after === 0) log.catchUp();
    return after === 0 ? said(1) : said(2);
  });
  assert.deepEqual(seqs(await log.catchUp()), [1, 2]);
  assert.deepEqual(asked, [0, 1]);
});

test("a read that nobody answered leaves no hole", async () => {
  const answers = [said(1), null, said(2)];
  const log = createLog(async () => answers.shift());
  for (let read = 0; read < 3; read += 1) await log.catchUp();
  assert.deepEqual(seqs(log.all()), [1, 2]);
});

/** An open request at version 3, whose actions are answered by `acted`. */
async function open(acted) {
  const seen = { acts: [], reads: 0, said: [], ended: [] };
  const api = {
    thread: async () => {
      seen.reads += 1;
      return { status: 200, body: { id: "e", version: 2 + seen.reads, state: "open", messages: [] } };
    },
    act: async (id, name, body) => {
      seen.acts.push({ name, ...body });
      return acted;
    },
  };
  const on = { draw() {}, say: (text) => seen.said.push(text), ended: (text) => seen.ended.push(text) };
  const opened = createOpened({ api, on });
  await opened.open("e");
  return { opened, seen };
}

test("an action carries the version that was seen", async () => {
  const { opened, seen } = await open({ status: 200, body: { version: 4 } });
  assert.equal(await opened.act("close", { outcome: "called" }), true);
  assert.deepEqual(seen.acts, [{ name: "close", version: 3, outcome: "called" }]);
});

test("when somebody came first, it says who and shows the request as it is", async () => {
  const { opened, seen } = await open({ status: 409, body: { message: "Gwenola suit cette demande." } });
  assert.equal(await opened.act("take"), false);
  assert.deepEqual(seen.said, ["Gwenola suit cette demande."]);
  assert.equal(opened.known().version, 4);
});

test("when nobody answers, nothing is believed done", async () => {
  const { opened, seen } = await open({ status: 0, body: null });
  assert.equal(await opened.act("take"), false);
  assert.match(seen.said[0], /pas enregistré/);
  assert.equal(seen.reads, 1);
});

test("two presses are one action", async () => {
  const { opened, seen } = await open({ status: 200, body: { version: 4 } });
  await Promise.all([opened.act("take"), opened.act("take")]);
  assert.equal(seen.acts.length, 1);
});

test("only whoever has it may give it back; nobody takes what a colleague has", () => {
  assert.deepEqual(allowed({ state: "open", mine: true, owner: {} }), ["give-back", "hand-back", "close"]);
  assert.deepEqual(allowed({ state: "open", mine: false, owner: {} }), []);
  assert.ok(allowed({ state: "open", mine: false, owner: null }).includes("take"));
  assert.deepEqual(allowed({ state: "closed", mine: true, owner: {} }), ["reopen"]);
});

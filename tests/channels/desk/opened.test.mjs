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

test("what may still change is read again until it is settled, and is not news", async () => {
  const asked = [];
  const hidden = { seq: 2, text: "…", settled: false };
  const answers = [[...said(1), hidden, ...said(3)], [hidden, ...said(3, 4)], [{ seq: 2, text: "bonjour", settled: true }, ...said(3, 4)], []];
  const log = createLog(async (after) => {
    asked.push(after);
    return answers.shift();
  });
  await log.catchUp();
  assert.deepEqual(seqs(await log.catchUp()), [4]);
  assert.deepEqual(await log.catchUp(), []);
  await log.catchUp();
  assert.deepEqual(asked, [0, 1, 1, 4]);
  assert.equal(log.all()[1].text, "bonjour");
  assert.deepEqual(seqs(log.all()), [1, 2, 3, 4]);
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
  assert.equal((await opened.act("close", { outcome: "called" })).done, true);
  assert.deepEqual(seen.acts, [{ name: "close", version: 3, outcome: "called" }]);
});

test("when somebody came first, it says who and shows the request as it is", async () => {
  const { opened, seen } = await open({ status: 409, body: { message: "Gwenola suit cette demande." } });
  assert.equal((await opened.act("take")).done, false);
  assert.deepEqual(seen.said, ["Gwenola suit cette demande."]);
  assert.equal(opened.known().version, 4);
});

test("when nobody answers, nothing is believed done", async () => {
  const { opened, seen } = await open({ status: 0, body: null });
  assert.equal((await opened.act("take")).done, false);
  assert.match(seen.said[0], /pas enregistré/);
  assert.equal(seen.reads, 1);
});

test("two presses are one action", async () => {
  const { opened, seen } = await open({ status: 200, body: { version: 4 } });
  await Promise.all([opened.act("take"), opened.act("take")]);
  assert.equal(seen.acts.length, 1);
});

test("only whoever has it may give it back; nobody takes what a colleague has", () => {
  assert.ok(allowed({ state: "open", mine: true, owner: {} }).includes("give-back"));
  assert.ok(!allowed({ state: "open", mine: true, owner: {} }).includes("take"));
  assert.deepEqual(allowed({ state: "open", mine: false, owner: {} }), []);
  assert.ok(allowed({ state: "open", mine: false, owner: null }).includes("take"));
  assert.ok(!allowed({ state: "open", mine: false, owner: null }).includes("give-back"));
  assert.deepEqual(allowed({ state: "closed", mine: true, owner: {} }), ["reopen"]);
});

/** Several requests, each with its unread count; says which were marked as read and up to where. */
async function several(...ids) {
  const marked = [];
  const gone = new Set();
  const api = {
    thread: async (id, after) => {
      if (gone.has(id)) return { status: 404, body: null };
      return { status: 200, body: { id, unread: 2, messages: after ? [] : said(1, 2) } };
    },
    markRead: async (id, seq) => {
      marked.push([id, seq]);
      return { status: marked.length > 1 ? 204 : 0, body: null };
    },
  };
  const opened = createOpened({ api, on: { draw() {}, say() {}, ended() {} } });
  for (const id of ids) await opened.open(id);
  return { opened, marked, gone };
}

test("several requests stay open, each with its own messages", async () => {
  const { opened } = await several("un", "deux");
  assert.deepEqual(opened.all().map(({ id }) => id), ["un", "deux"]);
  assert.equal(opened.id(), "deux");
  await opened.open("un");
  assert.deepEqual(seqs(opened.messages()), [1, 2]);
});

test("only what is on the screen is marked as read, and again if nobody heard it", async () => {
  const { opened, marked } = await several("un", "deux");
  assert.equal(await opened.read(), false);
  assert.equal(await opened.read(), true);
  assert.equal(await opened.read(), false);
  assert.deepEqual(marked, [["deux", 2], ["deux", 2]]);
  assert.equal(opened.all()[0].known.unread, 2);
});

test("a request that left one's reach is known as lost", async () => {
  const { opened, gone } = await several("un");
  gone.add("un");
  await opened.refresh("un");
  assert.equal(opened.all()[0].lost, true);
});

test("a supervisor gives a colleague's request to somebody else", () => {
  assert.deepEqual(allowed({ state: "open", mine: false, owner: {} }, "supervisor"), ["assign"]);
});

test("what could not be read is asked for again, and the warning goes once it was", async () => {
  const answers = [{ status: 200, body: { id: "e", messages: said(1) } }, { status: 0, body: null }, { status: 503, body: null }];
  const waits = [];
  const told = [];
  const api = { thread: async () => answers.shift() || { status: 200, body: { id: "e", messages: said(2) } } };
  const later = (action) => waits.push(action);
  const opened = createOpened({ api, later, on: { draw() {}, say: (text) => told.push(text), ended() {} } });
  await opened.open("e");
  await opened.refresh();
  assert.deepEqual(seqs(opened.messages()), [1]);
  for (let wake = 0; wake < 2; wake += 1) {
    waits.shift()();
    await new Promise((done) => setTimeout(done));
  }
  assert.deepEqual(seqs(opened.messages()), [1, 2]);
  assert.deepEqual(told.map(Boolean), [true, true, false]);
  assert.equal(waits.length, 0);
});

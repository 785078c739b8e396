import assert from "node:assert/strict";
import test from "node:test";

import { answerDue, chosenTitles, createThread, follows, openOffer } from "../../../channels/web/static/thread.js";

const person = (seq, text = "") => ({ seq, author: "person", text, choices: [] });
const hent = (seq, ...titles) => ({
  seq,
  author: "assistant",
  text: "",
  choices: titles.map((title) => ({ title, value: title })),
});

test("the thread is in order of seq and holds each message once, however the network mixes them", () => {
  const thread = createThread();
  const sent = [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => person(seq));
  const arrivals = [[3, 1], [1], [2, 2, 3], [], [8, 5], [4, 6], [7, 8]];
  arrivals.forEach((seqs) => thread.take(seqs.map((seq) => sent[seq - 1])));
  assert.deepEqual(thread.all(), sent);
});

test("take returns only what is new, in order", () => {
  const thread = createThread();
  thread.take([person(1)]);
  assert.deepEqual(thread.take([person(3), person(1), person(2)]).map((message) => message.seq), [2, 3]);
});

test("a pushed message that jumps does not follow; a known one or the next does", () => {
  const thread = createThread();
  thread.take([person(1), person(2)]);
  assert.equal(thread.follows(person(4)), false);
  assert.equal(thread.follows(person(3)), true);
  assert.equal(thread.follows(person(2)), true);
});

test("what came before the first message that is kept is dropped, and told once", () => {
  const thread = createThread();
  thread.take([person(1), hent(2), person(3), hent(4)]);
  assert.equal(thread.forget(4), true);
  assert.deepEqual(thread.all().map((message) => message.seq), [4]);
  assert.equal(thread.forget(4), false);
});

test("an old server that does not say what it keeps makes nothing disappear", () => {
  const thread = createThread();
  thread.take([person(1)]);
  assert.equal(thread.forget(undefined), false);
  assert.equal(thread.all().length, 1);
});

test("a message that was erased before it was seen counts as reached", () => {
  const thread = createThread();
  thread.take([hent(6)]);
  assert.equal(thread.reached(5), true);
  assert.equal(thread.reached(7), false);
});

const OFFERS = {
  "the latest offer is open": [[person(1), hent(2, "a"), hent(3, "b"), hent(4)], false, 3],
  "closed once the person has written": [[hent(1, "a"), person(2)], false, null],
  "closed while the person's message is on its way": [[hent(1, "a")], true, null],
  "none was made": [[person(1), hent(2)], false, null],
};

for (const [name, [messages, writing, expected]] of Object.entries(OFFERS)) {
  test(`choices: ${name}`, () => assert.equal(openOffer(messages, writing), expected));
}

test("the chosen title is known after a reload", () => {
  const messages = [hent(1, "Oui", "Non"), person(2, "Non"), hent(3, "Brest"), person(4, "autre chose"), person(5, "Brest")];
  assert.deepEqual([...chosenTitles(messages)], [[1, "Non"]]);
});

test("the chosen title is known at the press, and not any more once the server has refused it", () => {
  const messages = [hent(1, "Oui", "Non")];
  assert.deepEqual([...follows(messages, [{ text: "Non", state: "sending" }], "assistant", true).chosen], [[1, "Non"]]);
  assert.deepEqual([...follows(messages, [], "assistant", false).chosen], []);
});

const DUE = {
  "after the person's message": [[person(1)], "assistant", false, true],
  "once the server has it": [[], "assistant", true, true],
  "not after an answer": [[person(1), hent(2)], "assistant", false, false],
  "not while a caseworker is awaited": [[person(1)], "waiting", false, false],
  "not with a caseworker": [[person(1)], "caseworker", true, false],
};

for (const [name, [messages, mode, writing, expected]] of Object.entries(DUE)) {
  test(`an answer is due: ${name}`, () => assert.equal(answerDue(messages, mode, writing), expected));
}

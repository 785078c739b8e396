import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { heldStill, newcomers, sameOrder } = await load("merging.js");
const { told } = await load("queue.js");
const { neighbour, titleOf } = await load("tabs.js");
const { createAlarm } = await load("alarm.js");
const { words } = await load("urgent.js");
const { createWatch, worthTelling } = await load("watch.js");
const { matching } = await load("readytexts.js");
const { headline, markOf } = await load("threadview.js");
const { canReply, whyNot } = await load("writing.js");

const items = (...ids) => ids.map((id) => ({ id }));
const ids = (list) => list.map(({ id }) => id);

test("nothing moves in a list that somebody points at: what is new waits, what is gone says so", () => {
  const still = heldStill(items("a", "b", "c"), [{ id: "new" }, { id: "c" }, { id: "a", unread: 1 }]);
  assert.deepEqual(ids(still.items), ["a", "b", "c"]);
  assert.equal(still.items[0].unread, 1);
  assert.deepEqual([...still.gone], ["b"]);
  assert.equal(still.waiting, 1);
});

test("the same lines in the same order move nothing", () => {
  assert.ok(sameOrder(items("a", "b"), items("a", "b")));
  assert.ok(!sameOrder(items("a", "b"), items("b", "a")));
  assert.ok(!sameOrder(items("a"), items("a", "b")));
});

test("newcomers are counted in words", () => {
  assert.deepEqual([0, 1, 3].map(newcomers), ["La liste a changé", "1 nouvelle demande", "3 nouvelles demandes"]);
});

const LINE = { since: "2026-11-25T10:00:00Z", due_at: "2026-11-27T10:00:00Z", channel: "sms", late: true };
const said = (more) => told({ ...LINE, ...more }, Date.parse("2026-11-25T12:00:00Z")).map(([, text]) => text).join(", ");

test("a line says in words that it is late, by which channel it came and whose turn it is", () => {
  assert.match(said({ mine: true, turn: "ours" }), /^depuis 2 h, En retard.*, par SMS, Vous suivez, à vous de répondre$/);
  assert.match(said({ owner: { name: "Ronan Le Gall" }, turn: "person" }), /Suivie par Ronan Le Gall, à la personne/);
  assert.match(said({ assigned: { name: "Ronan Le Gall" } }), /Pour Ronan Le Gall$/);
  assert.match(said({ late: false, snoozed_until: "2026-11-26T07:30:00Z" }), /Mise de côté jusqu’à jeudi 26 novembre/);
});

test("the next tab after the last is the first, and from nowhere the first", () => {
  assert.equal(neighbour(["a", "b"], "b", 1), "a");
  assert.equal(neighbour(["a", "b"], "a", -1), "b");
  assert.equal(neighbour(["a", "b"], null, 1), "a");
  assert.equal(neighbour([], null, 1), null);
});

test("a tab names the person, or what it is about", () => {
  assert.equal(titleOf({ person: { name: "Soazig Kermarrec" } }), "Soazig Kermarrec");
  assert.equal(titleOf({ person: null, reason_label: "Message urgent" }), "Personne non identifiée, message urgent");
});

/** An alarm with a clock of ours: `pass(times)` lets its interval run. */
function alarmed() {
  let rings = 0;
  let action = null;
  const timer = { set: (what) => (action = what), clear: () => (action = null) };
  const alarm = createAlarm({ ring: () => (rings += 1), timer });
  return { alarm, pass: (times) => Array.from({ length: times }, () => action && action()), rings: () => rings };
}

test("what is urgent rings until somebody takes it", () => {
  const { alarm, pass, rings } = alarmed();
  alarm.waiting(["a"]);
  pass(2);
  alarm.waiting(["a"]);
  assert.equal(rings(), 3);
  alarm.waiting([]);
  pass(2);
  assert.equal(rings(), 3);
});

test("silenced for one request, it still rings for another, and for the same one given back", () => {
  const { alarm, pass, rings } = alarmed();
  alarm.waiting(["a"]);
  alarm.silence("a");
  pass(2);
  assert.equal(rings(), 1);
  alarm.waiting(["a", "b"]);
  assert.equal(rings(), 2);
  alarm.waiting([]);
  alarm.waiting(["a"]);
  assert.equal(rings(), 3);
});

test("the banner says who waits, since when, and how many others", () => {
  const now = Date.parse("2026-11-25T10:02:00Z");
  const first = { person: "Soazig Kermarrec", since: "2026-11-25T10:00:00Z" };
  assert.equal(words([first], now), "Urgent : Soazig Kermarrec, depuis 2 min. Personne ne s’en occupe.");
  assert.match(words([first, {}, {}], now), / 2 autres attendent aussi\.$/);
});

const news = (more) => ({ kind: "message", escalation: "e", by: null, rings: true, urgent: false, ...more });
const where = { me: "moi", open: "e", follows: (id) => id === "mine" };

test("what I did myself, and what is only to know, is never told", () => {
  assert.equal(worthTelling(news({ by: "moi" }), where), null);
  assert.equal(worthTelling(news({ rings: false }), where), null);
});

test("a message is told in the open request and in those that I follow, not in a colleague's", () => {
  assert.match(worthTelling(news(), where), /demande ouverte/);
  assert.match(worthTelling(news({ escalation: "mine" }), where), /une autre de vos demandes/);
  assert.equal(worthTelling(news({ escalation: "theirs" }), where), null);
});

test("what is urgent is told wherever it is", () => {
  assert.match(worthTelling(news({ escalation: "theirs", urgent: true }), where), /urgent/);
});

test("under load one reading answers for many events", async () => {
  const waits = [];
  let asked = 0;
  let run = null;
  const api = { queue: async () => ((asked += 1), { status: 200, body: { items: [{ id: "mine", owner: null }] } }) };
  const later = (action, wait) => ((run = action), waits.push(wait));
  const watch = createWatch({ api, told() {}, random: () => 0, later, clock: () => 100000 });
  await watch.read();
  for (let event = 0; event < 5; event += 1) watch.soon();
  assert.deepEqual(waits, [2000]);
  run();
  assert.equal(asked, 4);
  assert.ok(watch.follows("mine"));
});

test("only what nobody has is told as urgent", async () => {
  const untaken = { id: "a", owner: null };
  const api = { queue: async ({ priority }) => ({ status: 200, body: { items: priority ? [untaken, { id: "b", owner: {} }] : [] } }) };
  const heard = [];
  await createWatch({ api, told: ({ urgent }) => heard.push(urgent) }).read();
  assert.deepEqual(heard, [[untaken]]);
});

test("a ready text is found by any of its words, whatever the accents", () => {
  const texts = [
    { title: "Délai", text: "Je vous réponds demain." },
    { title: "Pièces", text: "Envoyez-moi le courrier reçu." },
  ];
  assert.deepEqual(matching(texts, "delai demain"), [texts[0]]);
  assert.deepEqual(matching(texts, "RECU"), [texts[1]]);
  assert.equal(matching(texts, " ").length, 2);
  assert.equal(matching(texts, "demain courrier").length, 0);
});

test("what became of a message is said in words", () => {
  assert.equal(markOf({ seen: null, delivery: null }), "");
  assert.equal(markOf({ seen: true, delivery: null }), "Lue");
  assert.equal(markOf({ seen: false, delivery: null }), "Pas encore lue");
  assert.match(markOf({ seen: null, delivery: "dead" }), /^SMS non remis/);
});

test("an event says who did it, and to whom", () => {
  const event = { event: "assigned", label: "Confiée", by: "Nolwenn Kerbourch", to: "Ronan Le Gall" };
  assert.equal(headline(event), "Confiée à Ronan Le Gall, par Nolwenn Kerbourch");
  assert.equal(headline({ event: "note", label: "Note", by: "Nolwenn Kerbourch" }), "Note privée de Nolwenn Kerbourch");
  assert.equal(headline({ event: "opened", label: "Demande reçue", by: null }), "Demande reçue");
});

test("only whoever has an open request with a conversation may reply, and others are told why not", () => {
  const mine = { state: "open", mine: true, mode: "caseworker" };
  assert.equal(canReply(mine), true);
  assert.equal(whyNot(mine), "");
  assert.match(whyNot({ ...mine, mine: false, owner: null }), /prenez/);
  assert.match(whyNot({ ...mine, mine: false, owner: { name: "Ronan Le Gall" } }), /^Ronan Le Gall répond/);
  assert.match(whyNot({ ...mine, mode: null }), /Appelez/);
  assert.match(whyNot({ ...mine, state: "closed" }), /rouvrez/);
});

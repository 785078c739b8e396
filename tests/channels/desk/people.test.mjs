import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { besideName, cellsOf, cost, dayOf, posted, summary } = await load("people-words.js");
const { AT_MOST, createChosen, createOrder } = await load("people-chosen.js");
const { isAhead } = await load("person-view.js");

const NOW = Date.parse("2026-11-25T21:00:00Z");
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");
const recipients = (...refused) => refused.map((one) => ({ refused: one }));

test("a line says when, until when and where, and nothing for what is not known", () => {
  const known = { next_appointment: "mardi 1er décembre à 9 h", contract_ends_on: "2026-12-09", stage: null };
  assert.deepEqual(
    cellsOf(known).map(({ text }) => text),
    ["mardi 1er décembre à 9 h", "9 déc. 2026", "", ""]
  );
});

test("a day is the same in every time zone", () => assert.equal(dayOf("2027-01-01"), "1 janv. 2027"));

test("beside a name stand the commune and the colleague who is away", () => {
  assert.equal(besideName({ commune: "Brest", instead_of: null }), "Brest");
  assert.equal(besideName({ commune: null, instead_of: "Aziliz M." }), "suivie par Aziliz M., absent(e)");
});

test("what would leave is counted, priced and dated", () => {
  const found = { recipients: recipients(null, null, "STOP"), segments: 3, cost_millis: 120, goes_at: "2026-11-26T07:00:00Z" };
  assert.equal(
    plain(summary(found, NOW)),
    "3 SMS pour 2 personnes, 0,12 € environ. 1 personne ne recevra rien. Départ : jeudi 26 novembre à 08:00."
  );
});

test("without a price none is invented; at once says no hour", () => {
  const found = { recipients: recipients(null), segments: 1, cost_millis: null, goes_at: new Date(NOW).toISOString() };
  assert.equal(summary(found, NOW), "1 SMS pour 1 personne, prix non connu.");
});

test("when nobody can be written to, it says so and gives no price", () => {
  const found = { recipients: recipients("STOP"), segments: 0, cost_millis: 0, goes_at: new Date(NOW).toISOString() };
  assert.match(summary(found, NOW), /^Aucune de ces personnes/);
});

test("what left is counted", () => {
  assert.equal(posted({ written: 2, refused: 2, goes_at: new Date(NOW).toISOString() }, NOW), "Message envoyé à 2 personnes. 2 personnes n’ont rien reçu.");
});

test("a cost is in euros", () => assert.equal(plain(cost(4500)), "4,50 €"));

test("a hundred and twenty at most are chosen, and one more is refused", () => {
  const chosen = createChosen();
  for (let nth = 0; nth < AT_MOST; nth += 1) assert.equal(chosen.set(`p${nth}`, true), true);
  assert.equal(chosen.set("one more", true), false);
  assert.equal(chosen.set("p0", true), true);
  chosen.set("p0", false);
  assert.equal(chosen.set("one more", true), true);
  assert.equal(chosen.size(), AT_MOST);
});

test("the same text to the same people keeps its id until it has left; anything else has another", () => {
  let made = 0;
  const order = createOrder(() => `id${(made += 1)}`);
  assert.equal(order.of(["a"], "Bonjour").id, "id1");
  assert.equal(order.of(["a"], "Bonjour").id, "id1");
  assert.equal(order.of(["a", "b"], "Bonjour").id, "id2");
  assert.equal(order.of(["a", "b"], "Bonsoir").id, "id3");
  order.done();
  assert.equal(order.of(["a", "b"], "Bonsoir").id, "id4");
});

test("an appointment is ahead until it begins", () => {
  assert.equal(isAhead({ starts_at: "2026-11-25T21:00:01Z" }, NOW), true);
  assert.equal(isAhead({ starts_at: "2026-11-25T21:00:00Z" }, NOW), false);
});

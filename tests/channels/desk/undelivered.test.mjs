import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { createUndelivered, outcome, whom } = await load("undelivered.js");

const LOST = {
  id: "sms1",
  kind: "Réponse",
  at: "2026-12-02T13:05:00Z",
  why: "Ce numéro n'existe pas.",
  kept: null,
  person: "p1",
  name: "Annaïg Le Goff",
  escalation: "e1",
};
const GONE = { status: 204, body: null };
const STOPPED = { status: 409, body: { error: "not_again", message: "Cette personne ne veut plus de SMS." } };

/** An element as far as the section needs one. */
class Fake {
  constructor() {
    Object.assign(this, { children: [], attributes: {}, dataset: {}, on: {}, own: "", focused: 0 });
    this.classList = { toggle: (name, on) => (this[name] = on) };
  }
  set textContent(text) {
    Object.assign(this, { own: text, children: [] });
  }
  get textContent() {
    return this.own + this.children.map(({ textContent }) => textContent).join("");
  }
  append(...more) {
    this.children.push(...more);
  }
  replaceChildren(...all) {
    this.children = all;
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  getAttribute(name) {
    return this.attributes[name] || null;
  }
  addEventListener(event, act) {
    this.on[event] = act;
  }
  click() {
    return this.on.click({ currentTarget: this });
  }
  focus() {
    this.focused += 1;
  }
  all(tag) {
    return this.children.flatMap((child) => [...(child.tag === tag ? [child] : []), ...child.all(tag)]);
  }
}

globalThis.document = { createElement: (tag) => Object.assign(new Fake(), { tag }) };

/** The section, read from a server that answers with these in turn; `seen` tells what it was asked, and what was opened. */
async function rig(...answers) {
  const seen = { asked: [], opened: [], ended: 0 };
  const names = ["section", "table", "body", "said"];
  const places = Object.fromEntries(names.map((name) => [name, Object.assign(new Fake(), { hidden: true })]));
  const api = {
    call: async (path, options) => {
      seen.asked.push(options ? `${options.method} ${path}` : path);
      return answers.shift();
    },
  };
  const ended = () => (seen.ended += 1);
  const section = createUndelivered({ api, places, open: (person) => seen.opened.push(person), ended });
  await section.read();
  const [name, again] = places.body.all("button");
  return { ...places, seen, undelivered: section, name, again };
}

const found = (...all) => ({ status: 200, body: all });

test("where nothing was lost there is no section", async () => {
  const { section, said } = await rig(found());
  assert.deepEqual([section.hidden, said.textContent], [true, ""]);
});

test("not to know is said: it is not to have lost nothing", async () => {
  const { section, table, said } = await rig({ status: 503, body: null });
  assert.deepEqual([section.hidden, table.hidden], [false, true]);
  assert.notEqual(said.textContent, "");
});

test("a line says to whom, what, when and why, and leads to the request", async () => {
  const { section, table, body } = await rig(found(LOST));
  assert.deepEqual([section.hidden, table.hidden], [false, false]);
  assert.deepEqual(
    body.all("td").slice(0, 3).map(({ textContent }) => textContent),
    ["Réponse", "2 déc., 14:05", "Ce numéro n'existe pas."]
  );
  const [head] = body.all("th");
  assert.equal(head.scope, "row");
  assert.match(head.textContent, /^Annaïg Le Goff/);
  assert.equal(body.all("a")[0].href, "/#request=e1");
});

test("whoever has no file is not known, and nothing is opened for them", async () => {
  assert.deepEqual(whom({ name: null, person: null }), { name: "Personne non identifiée", person: null });
  const { body } = await rig(found({ ...LOST, name: null, person: null, escalation: null }));
  assert.equal(body.all("th")[0].textContent, "Personne non identifiée");
  assert.deepEqual([body.all("button").length, body.all("a").length], [1, 0]);
});

test("a name opens the person, and the focus comes back to it", async () => {
  const { undelivered, name, seen } = await rig(found(LOST, LOST));
  name.click();
  undelivered.focus();
  assert.deepEqual([seen.opened, name.focused], [[{ id: "p1", name: "Annaïg Le Goff" }], 1]);
});

test("what is not to be sent again has no button and says why", async () => {
  const { body, again } = await rig(found({ ...LOST, kept: "La personne ne veut plus de SMS. Appelez-la." }));
  assert.equal(again, undefined);
  assert.equal(body.all("td").at(-1).textContent, "La personne ne veut plus de SMS. Appelez-la.");
});

test("pressed twice in haste, and once more afterwards, it is sent once", async () => {
  const { again, said, seen } = await rig(found(LOST), GONE);
  await Promise.all([again.click(), again.click()]);
  await again.click();
  assert.deepEqual(seen.asked, ["/sms/dead", "POST /sms/sms1/resend"]);
  assert.deepEqual([said.textContent, said.done], ["Le SMS repart vers Annaïg Le Goff.", true]);
  assert.match(again.textContent, /^Renvoyé : Annaïg Le Goff, Réponse/);
});

test("a refusal stays beside its button, which sends nothing more", async () => {
  const { body, again, said, seen } = await rig(found(LOST), STOPPED);
  await again.click();
  await again.click();
  assert.equal(seen.asked.length, 2);
  assert.deepEqual([said.textContent, said.done], [STOPPED.body.message, false]);
  assert.match(body.all("td").at(-1).textContent, /^Refusé.+ne veut plus de SMS\.$/);
});

test("without an answer it is said beside the button, and may be tried again", async () => {
  const { body, again, said, seen } = await rig(found(LOST), { status: 0, body: null }, GONE);
  await again.click();
  assert.match(said.textContent, /ne répond pas/);
  assert.match(body.all("td").at(-1).textContent, /^Renvoyer.+ne répond pas/);
  await again.click();
  assert.deepEqual([seen.asked.length, said.done], [3, true]);
  assert.doesNotMatch(body.all("td").at(-1).textContent, /ne répond pas/);
});

test("the button is never disabled: the focus would be thrown away", async () => {
  const { again } = await rig(found(LOST), GONE);
  await again.click();
  assert.deepEqual([again.disabled, again.getAttribute("aria-disabled")], [undefined, "true"]);
});

test("whoever is signed out is led to sign in, at the list and at the button", async () => {
  const out = { status: 401, body: null };
  assert.equal((await rig(out)).seen.ended, 1);
  const { again, seen } = await rig(found(LOST), out);
  await again.click();
  assert.equal(seen.ended, 1);
});

test("what came of it names nobody who is not known", () => {
  assert.equal(outcome(GONE, { name: null }).say, "Le SMS repart.");
});

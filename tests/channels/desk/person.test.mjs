import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { partsOf } = await load("person-view.js");

const NAMES = { false: "Envoyer des rappels", true: "Ne plus envoyer de rappels" };
const NOTED = "noté le 24 novembre 2026 par Nolwenn Kerdoncuff";

/** An element as far as a card without appointments needs one. */
class Fake {
  children = [];
  append(...more) {
    this.children.push(...more);
  }
  addEventListener(_, act) {
    this.press = act;
  }
  all() {
    return this.children.flatMap((child) => [child, ...child.all()]);
  }
}

globalThis.document = { createElement: () => new Fake() };

function shown(given) {
  const asked = [];
  const can = { book: false, mark: true, link: false, write: false, cannot_write: null, check_number: false, ...given.can };
  const person = { name: "Maëlle Le Goff", fields: [], appointments: [], history: [], reminders: null, ...given, can };
  const all = partsOf(person, { remind: (wanted) => asked.push(wanted) }).flatMap((part) => [part, ...part.all()]);
  return { asked, named: (text) => all.find(({ textContent }) => textContent === text), texts: all.map(({ textContent }) => textContent) };
}

test("that a wish has lapsed with the number is said", () => {
  const said = (lapsed) => shown({ confidential: true, lapsed }).texts.filter((text) => text?.includes("numéro a changé"));
  assert.deepEqual([said(true).length, said(false).length], [1, 0]);
});

test("reminders of a confidential file are switched on, and off again", () => {
  for (const reminders of [null, NOTED]) {
    const { asked, named } = shown({ confidential: true, reminders });
    named(NAMES[Boolean(reminders)]).press();
    assert.deepEqual(asked, [!reminders]);
    assert.equal(named(NAMES[!reminders]), undefined);
  }
});

test("who noted the wish, and when, stands on the card", () => {
  const [held] = shown({ confidential: true, reminders: NOTED }).texts.filter((text) => text?.includes(NOTED));
  assert.match(held, /à sa demande/);
});

test("where there is no mark, or it may not be set, there is nothing to switch", () => {
  for (const given of [{ confidential: false }, { confidential: true, can: { mark: false, link: true } }]) {
    assert.equal(shown(given).named(NAMES.false), undefined);
  }
});

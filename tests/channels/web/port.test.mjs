// What passes between the frame and the page above: only what is agreed, only with a site of the list.

import assert from "node:assert/strict";
import test from "node:test";

import { createPort } from "../../../channels/web/static/port.js";

const SITE = "https://www.finistere.example";

function rig() {
  const said = [];
  const done = [];
  const parent = { postMessage: (data, site) => said.push([data, site]) };
  const here = { parent, addEventListener: (kind, listener) => (here.hear = listener) };
  const port = createPort([SITE, "https://autre.example"], {
    opened: () => done.push("opened"),
    closed: () => done.push("closed"),
    quit: () => done.push("quit"),
  }, here);
  const hear = (data, more) => here.hear({ source: parent, origin: SITE, data, ...more });
  return { port, hear, here, said, done };
}

test("nothing is said before a site of the list has spoken, and then to that site only", () => {
  const { port, hear, said, done } = rig();
  assert.equal(port.tell("unread", 2), false);
  hear({ hent: "closed" });
  assert.equal(port.tell("unread", 2), true);
  assert.deepEqual(said, [[{ hent: "ready" }, SITE], [{ hent: "unread", count: 2 }, SITE]]);
  assert.deepEqual(done, ["closed"]);
});

const FORGED = [
  ["another origin", { hent: "opened" }, { origin: "https://www.finistere.example.mechant.example" }],
  ["no origin", { hent: "opened" }, { origin: "null" }],
  ["a window beside", { hent: "opened" }, { source: {} }],
  ["a word of ours", { hent: "ready" }, {}],
  ["a word of every object", { hent: "constructor" }, {}],
  ["a list", { hent: ["opened"] }, {}],
  ["a text", "opened", {}],
  ["nothing", null, {}],
];

for (const [what, data, more] of FORGED) {
  test(`${what} is neither obeyed nor answered`, () => {
    const { hear, said, done } = rig();
    hear(data, more);
    assert.deepEqual([said, done], [[], []]);
  });
}

test("a chat that no page shows listens to nobody, itself included", () => {
  const { here, said, done } = rig();
  here.hear({ source: here, origin: SITE, data: { hent: "opened" } });
  here.parent = here;
  here.hear({ source: here, origin: SITE, data: { hent: "quit" } });
  assert.deepEqual([said, done], [[], []]);
});

test("every word is obeyed each time, and greeted once", () => {
  const { hear, said, done } = rig();
  ["opened", "closed", "opened", "quit"].forEach((hent) => hear({ hent }));
  assert.deepEqual(done, ["opened", "closed", "opened", "quit"]);
  assert.deepEqual(said, [[{ hent: "ready" }, SITE]]);
});

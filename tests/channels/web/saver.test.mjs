import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import test from "node:test";

import { createSaver } from "../../../channels/web/static/saver.js";
import { createTransport } from "../../../channels/web/static/transport.js";
import { words } from "../../../channels/web/static/words.js";

/** A button as far as the saver needs one. */
function fakeButton() {
  const button = { hidden: true };
  button.addEventListener = (event, action) => (button[event] = action);
  return button;
}

/** A saver whose server gives these answers in turn; `seen` tells what was saved and said. */
function rig(...answers) {
  const seen = { saved: [], said: [], announced: [] };
  const button = fakeButton();
  const on = {
    read: async () => answers.shift(),
    say: (text) => seen.said.push(text),
    announce: (text) => seen.announced.push(text),
  };
  return { button, seen, saver: createSaver(button, on, (text) => seen.saved.push(text)) };
}

test("the control is there only while there is something to save", () => {
  const { button, saver } = rig();
  saver.offer(true);
  assert.equal(button.hidden, false);
  saver.offer(false);
  assert.equal(button.hidden, true);
});

test("the file of the server is saved, and said aloud", async () => {
  const { button, seen } = rig({ status: 200, body: "Vous : bonjour" });
  await button.click();
  assert.deepEqual(seen, { saved: ["Vous : bonjour"], said: [""], announced: [words.saved] });
});

test("without an answer nothing is saved, and it can be tried again", async () => {
  const { button, seen } = rig({ status: 0, body: null }, { status: 200, body: "Vous : bonjour" });
  await button.click();
  assert.deepEqual([seen.saved, seen.said, seen.announced], [[], [words.unsaved], []]);
  await button.click();
  assert.deepEqual(seen.saved, ["Vous : bonjour"]);
});

test("pressed twice in haste, it saves once", async () => {
  const { button, seen } = rig({ status: 200, body: "un" }, { status: 200, body: "deux" });
  await Promise.all([button.click(), button.click()]);
  assert.deepEqual(seen.saved, ["un"]);
});

test("the transport brings the file as text, under the conversation's token", async () => {
  const asked = [];
  const send = async (path, options) => {
    asked.push([path, options.headers.Authorization]);
    return new Response("Vous : {bonjour", { headers: { "Content-Type": "text/plain" } });
  };
  const { transcript } = createTransport({ send });
  const answer = await transcript("jeton");
  assert.deepEqual([answer.status, answer.body], [200, "Vous : {bonjour"]);
  assert.deepEqual(asked, [["/chat/transcript", "Bearer jeton"]]);
});

test("the browser keeps it as a text file with a name of its own, and lets it go", async (context) => {
  const link = { clicked: 0, click: () => (link.clicked += 1) };
  globalThis.document = { createElement: () => link };
  context.after(() => delete globalThis.document);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const button = fakeButton();
  createSaver(button, { read: async () => ({ status: 200, body: "é" }), say() {}, announce() {} });
  await button.click();
  assert.deepEqual([link.download, link.clicked], ["conversation-hent.txt", 1]);
  assert.match(link.href, /^blob:/);
  assert.equal(await resolveObjectURL(link.href).text(), "é");
  context.mock.timers.tick(60000);
  assert.equal(resolveObjectURL(link.href), undefined);
});

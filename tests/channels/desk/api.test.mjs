import assert from "node:assert/strict";
import test from "node:test";

import { answer, load } from "./load.mjs";

const { createApi } = await load("api.js");

/** A server that gives `answers` in turn (an error is a cut line), and what it was asked. */
function server(...answers) {
  const asked = [];
  const waits = [];
  const send = async (path, options) => {
    asked.push({ path, ...options });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const rest = { sleep: async (milliseconds) => waits.push(milliseconds) };
  return { api: createApi(send, rest), asked, waits };
}

const ITEM = { id: "un", text: "Bonjour" };

test("a reply is sent under one id until it is stored", async () => {
  const { api, asked } = server(new TypeError("cut"), answer(503, null), answer(202, { seq: 4 }));
  assert.deepEqual((await api.store("e", "reply", ITEM)).body, { seq: 4 });
  assert.deepEqual(asked.map(({ body }) => JSON.parse(body).id), ["un", "un", "un"]);
});

test("a refusal is not sent again", async () => {
  const { api, asked } = server(answer(409, { message: "Gwenola a pris cette demande." }));
  assert.equal((await api.store("e", "reply", ITEM)).status, 409);
  assert.equal(asked.length, 1);
});

test("after five tries the caseworker decides", async () => {
  const { api, asked } = server(...Array.from({ length: 5 }, () => new TypeError("cut")));
  assert.equal((await api.store("e", "note", ITEM)).status, 0);
  assert.equal(asked.length, 5);
});

test("the server says how long to wait", async () => {
  const { api, waits } = server(answer(429, null, { "Retry-After": "7" }), answer(204, null));
  await api.store("e", "note", ITEM);
  assert.deepEqual(waits, [7000]);
});

test("every call carries the header that no form can send", async () => {
  const { api, asked } = server(answer(200, {}), answer(204, null));
  await api.act("e", "take", { version: 3 });
  await api.signOut();
  assert.deepEqual(asked.map(({ headers }) => headers["X-Hent-Desk"]), ["1", "1"]);
});

import assert from "node:assert/strict";
import test from "node:test";

import { createTransport } from "../../../channels/web/static/transport.js";

/** What a call says of this answer. */
const answered = (status, body) =>
  createTransport({ send: async () => new Response(body, { status }), hidden: () => false }).open();

test("half of a good answer is no answer: it is asked for again", async () => {
  assert.deepEqual(await answered(201, '{"conversation": "a", "tok'), { status: 0, body: null, retryAfter: null });
});

test("the page of error of a proxy keeps its status", async () => {
  assert.deepEqual(await answered(502, "<h1>Bad gateway</h1>"), { status: 502, body: null, retryAfter: null });
});

test("an answer without a body has none", async () => {
  assert.deepEqual(await answered(204, null), { status: 204, body: null, retryAfter: null });
});

import assert from "node:assert/strict";
import test from "node:test";

import { verdict } from "../../../channels/web/static/verdict.js";

const answer = (status, message = null, retryAfter = null) => ({ status, body: message && { message }, retryAfter });

const KINDS = {
  202: "accepted",
  201: "accepted",
  401: "gone",
  0: "retry",
  408: "retry",
  429: "retry",
  500: "retry",
  502: "retry",
  503: "retry",
  403: "refused",
  404: "refused",
  413: "refused",
  422: "refused",
};

for (const [status, kind] of Object.entries(KINDS)) {
  test(`${status} is ${kind}`, () => assert.equal(verdict(answer(Number(status))).kind, kind));
}

test("the server's own words are said", () => {
  for (const status of [422, 429, 503]) assert.equal(verdict(answer(status, "Dites autrement.")).say, "Dites autrement.");
});

test("a refusal is always explained", () => {
  assert.match(verdict(answer(422)).say, /pas pu être envoyé/);
  assert.match(verdict(answer(401)).say, /fermée/);
});

test("Retry-After is obeyed, in milliseconds; without it the page chooses", () => {
  assert.equal(verdict(answer(429, null, "7")).after, 7000);
  assert.equal(verdict(answer(503, null, "0")).after, 0);
  assert.equal(verdict(answer(503)).after, null);
  assert.equal(verdict(answer(503, null, "Wed, 21 Oct 2026 07:28:00 GMT")).after, null);
});

import assert from "node:assert/strict";
import test from "node:test";

import { createOpinions } from "../../../channels/web/static/opinions.js";
import { createStore } from "../../../channels/web/static/storage.js";
import { lastAnswer } from "../../../channels/web/static/thread.js";

function rig(...statuses) {
  const told = [];
  const transport = {
    async judge(token, seq, helpful) {
      told.push([token, seq, helpful]);
      return { status: statuses.shift() };
    },
  };
  const { signal } = new AbortController();
  const opinions = createOpinions({ transport, token: () => "jeton", store: createStore(null), signal });
  return { told, opinions };
}

test("an opinion is told, kept for its answer alone, and may change", async () => {
  const { told, opinions } = rig(204, 204);
  assert.equal(opinions.judged(4), null);
  assert.equal(await opinions.judge(4, true), true);
  assert.equal(opinions.judged(4), true);
  await opinions.judge(4, false);
  assert.deepEqual([opinions.judged(4), opinions.judged(6)], [false, null]);
  assert.deepEqual(told, [["jeton", 4, true], ["jeton", 4, false]]);
});

test("what the server did not keep is not kept here", async () => {
  const { opinions } = rig(0);
  assert.equal(await opinions.judge(4, true), false);
  assert.equal(opinions.judged(4), null);
});

const answer = { seq: 2, author: "assistant", answers: true };

test("only the last thing said is judged, while the assistant answers and nobody writes", () => {
  assert.equal(lastAnswer([{ seq: 1 }, answer], "assistant", false), 2);
  assert.equal(lastAnswer([answer], "assistant", true), null);
  assert.equal(lastAnswer([answer], "waiting", false), null);
  assert.equal(lastAnswer([answer, { seq: 3, author: "caseworker", answers: false }], "assistant", false), null);
  assert.equal(lastAnswer([], "assistant", false), null);
});

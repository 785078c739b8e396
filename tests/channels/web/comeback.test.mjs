import assert from "node:assert/strict";
import test from "node:test";

import { comeBack } from "../../../channels/web/static/comeback.js";
import { words } from "../../../channels/web/static/words.js";

/** Plays these answers of the server in turn; what was asked, opened, said, and how often it was waited. */
async function play(...answers) {
  const seen = { asked: [], opened: [], said: [], slept: 0 };
  await comeBack("secret", {
    transport: {
      async comeBack(secret) {
        seen.asked.push(secret);
        return answers.shift() || { status: 0, body: null };
      },
    },
    on: { opened: (token) => seen.opened.push(token), say: (text) => seen.said.push(text) },
    rest: { sleep: async () => (seen.slept += 1) },
  });
  return seen;
}

test("the answer opens with the token that is given for the link", async () => {
  const seen = await play({ status: 201, body: { token: "jeton", first: 3 } });
  assert.deepEqual(seen, { asked: ["secret"], opened: ["jeton"], said: [], slept: 0 });
});

test("a link that is no longer good says so in the words of the server, and is not tried again", async () => {
  const seen = await play({ status: 404, body: { message: "Ce lien n'est plus valable." } });
  assert.deepEqual([seen.opened, seen.said, seen.slept], [[], ["Ce lien n'est plus valable."], 0]);
});

test("a bad network is waited for", async () => {
  const seen = await play({ status: 0 }, { status: 503 }, { status: 429 }, { status: 201, body: { token: "jeton" } });
  assert.deepEqual([seen.opened, seen.said, seen.slept], [["jeton"], [], 3]);
});

test("when nothing answers the person is told what to do", async () => {
  const seen = await play();
  assert.deepEqual([seen.asked.length, seen.said], [5, [words.answerUnread]]);
});

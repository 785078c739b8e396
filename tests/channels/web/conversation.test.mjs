import assert from "node:assert/strict";
import test from "node:test";

import { createConversation } from "../../../channels/web/static/conversation.js";

const nothing = () => {};
const view = {
  ...{ draw: nothing, arrived: nothing, gone: nothing, say: nothing, link: nothing },
  ...{ failed: nothing, refused: nothing },
};

/** A conversation whose network answers when it is told to; `seen` is what left, in order. */
function rig() {
  const seen = [];
  let recognise = null;
  const transport = {
    async open() {
      seen.push("open");
      return { status: 201, body: { token: "jeton" } };
    },
    redeem(token, link) {
      seen.push(`redeem ${link}`);
      return new Promise((resolve) => {
        recognise = () => resolve({ status: 204, body: null });
      });
    },
    async post(token, message) {
      seen.push(`post ${message.text}`);
      return { status: 202, body: { seq: 1 } };
    },
    read: () => new Promise(nothing),
  };
  const store = { read: () => null, write: nothing, clear: nothing };
  const conversation = createConversation({ transport, store, view, visible: () => true });
  return { conversation, seen, recognise: () => recognise() };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

test("what is written while a personal link is read waits for it, in the same conversation", async () => {
  const { conversation, seen, recognise } = rig();
  const introduced = conversation.redeem("secret");
  conversation.write("c quand mon rdv");
  await turn();
  assert.deepEqual(seen, ["open", "redeem secret"]);
  recognise();
  await introduced;
  await turn();
  assert.deepEqual(seen, ["open", "redeem secret", "post c quand mon rdv"]);
  conversation.end();
});

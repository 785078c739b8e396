import assert from "node:assert/strict";
import test from "node:test";

import { follow } from "../../../channels/web/static/authority.js";

/** A server that gives these statuses in turn; `heard` counts its cards, `waits` the pauses in seconds. */
async function play(statuses, seen) {
  const [heard, waits, asked] = [[], [], []];
  const queue = [...statuses];
  const transport = {
    async authority() {
      asked.push(true);
      const status = queue.shift();
      return { status, body: status === 200 ? { name: "Finistère" } : null };
    },
  };
  let next = null;
  const after = (action, delay) => {
    waits.push(delay / 1000);
    next = action;
  };
  await follow({ transport, seen, after }, (card) => heard.push(card.name));
  while (queue.length) await next();
  return { heard, waits, asked };
}

test("the card is asked for until it comes, then now and then", async () => {
  const { heard, waits } = await play([0, 503, 200, 0, 200], () => true);
  assert.equal(heard.length, 2);
  assert.deepEqual(waits, [10, 10, 300, 10, 300]);
});

test("a page that nobody looks at asks until it has the number, and no more", async () => {
  let looks = 0;
  const { asked } = await play([0, 200, 200], () => (looks += 1) > 5);
  assert.equal(asked.length, 3);
  assert.equal(looks, 6);
});

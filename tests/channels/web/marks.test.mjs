import assert from "node:assert/strict";
import test from "node:test";

import { createMarks } from "../../../channels/web/static/marks.js";

/** Marks whose clock moves by `calm()`; `seen` tells what the server heard, `page` is what may change. */
function rig(...hears) {
  const seen = [];
  const page = { visible: true };
  let due = null;
  const marks = createMarks({
    async tell(seq) {
      seen.push(seq);
      return hears.length ? hears.shift() : true;
    },
    visible: () => page.visible,
    after: (action) => (due = action),
  });
  return {
    marks,
    page,
    seen,
    async calm() {
      const action = due;
      due = null;
      if (action) await action();
    },
  };
}

test("messages that come together are one mark, at the last of them", async () => {
  const { marks, seen, calm } = rig();
  [1, 2, 3].forEach(marks.drawn);
  assert.deepEqual(seen, []);
  await calm();
  assert.deepEqual(seen, [3]);
});

test("what was told is not told again, and nothing goes back", async () => {
  const { marks, seen, calm } = rig();
  for (const seq of [3, 3, 2]) {
    marks.drawn(seq);
    await calm();
  }
  assert.deepEqual(seen, [3]);
});

test("a page that nobody looks at has shown nothing until it is looked at", async () => {
  const { marks, page, seen, calm } = rig();
  page.visible = false;
  marks.drawn(2);
  await calm();
  assert.deepEqual(seen, []);
  page.visible = true;
  marks.looked();
  await calm();
  assert.deepEqual(seen, [2]);
});

test("a mark that did not arrive is told when the network is back", async () => {
  const { marks, seen, calm } = rig(false);
  marks.drawn(2);
  await calm();
  marks.looked();
  await calm();
  marks.looked();
  await calm();
  assert.deepEqual(seen, [2, 2]);
});

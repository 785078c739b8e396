import assert from "node:assert/strict";
import test from "node:test";

import { createParser } from "../../../channels/web/static/sse.js";

const STREAM =
  ": bonjour\n\nevent: mode\ndata: {}\n\nid: 7\nevent: message\r\ndata: a\r\ndata:b\r\n\r\nevent: empty\n\ndata: last\n\nid: 9\ndata: unfinished\n";
const EVENTS = [
  { event: "mode", id: null, data: "{}" },
  { event: "message", id: "7", data: "a\nb" },
  { event: "message", id: null, data: "last" },
];

for (const size of [1, 2, 3, 7, 1000]) {
  test(`the same events whatever the pieces: ${size} characters`, () => {
    const seen = [];
    const parser = createParser((event) => seen.push(event));
    for (let index = 0; index < STREAM.length; index += size) parser.feed(STREAM.slice(index, index + size));
    assert.deepEqual(seen, EVENTS);
  });
}

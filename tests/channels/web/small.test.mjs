import assert from "node:assert/strict";
import test from "node:test";

import { delay } from "../../../channels/web/static/backoff.js";
import { uuid } from "../../../channels/web/static/identifiers.js";
import { international, national } from "../../../channels/web/static/numbers.js";
import { createStore } from "../../../channels/web/static/storage.js";

test("an id is a UUID of version 4", () => {
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(uuid((bytes) => bytes.fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
});

test("waits double, never pass half a minute, and never fall on the same instant", () => {
  assert.deepEqual([1, 2, 3, 9].map((attempt) => delay(attempt, () => 1)), [1000, 2000, 4000, 30000]);
  assert.equal(delay(3, () => 0), 2000);
});

const NUMBERS = {
  "06 39 98 00 01": "+33639980001",
  "06.39.98.00.01": "+33639980001",
  "+33 6 39 98 00 01": "+33639980001",
  "0033639980001": "+33639980001",
  "12": null,
  "06 39 98 00": null,
  "": null,
};

for (const [typed, number] of Object.entries(NUMBERS)) {
  test(`"${typed}" is the number ${number}`, () => assert.equal(international(typed), number));
}

test("a number is shown as people write it", () => {
  assert.equal(national("+33639980001"), "06 39 98 00 01");
  assert.equal(national("02 61 91 00 00"), "02 61 91 00 00");
  assert.equal(national("3949"), "3949");
});

test("without storage the page remembers until it closes", () => {
  const store = createStore(null);
  store.write("token", "jeton");
  assert.equal(store.read("token"), "jeton");
  store.clear();
  assert.equal(store.read("token"), null);
});

test("clearing leaves nothing of ours and touches nothing else", () => {
  const area = fakeStorage({ other: "1" });
  const store = createStore(area);
  store.write("token", "jeton");
  assert.deepEqual(Object.keys(area), ["other", "hent.token"]);
  store.clear();
  assert.deepEqual(Object.keys(area), ["other"]);
});

test("a value that cannot be read is as if it were not there", () => {
  assert.equal(createStore(fakeStorage({ "hent.outbox": "{broken" })).read("outbox"), null);
});

/** What a Storage is to us: its keys are its own properties. */
function fakeStorage(start) {
  const methods = {
    getItem(key) {
      return Object.prototype.hasOwnProperty.call(this, key) ? this[key] : null;
    },
    setItem(key, value) {
      this[key] = value;
    },
    removeItem(key) {
      delete this[key];
    },
  };
  return Object.assign(Object.create(methods), start);
}

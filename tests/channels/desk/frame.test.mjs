import assert from "node:assert/strict";
import test from "node:test";

import { load } from "./load.mjs";

const { elsewhere, known } = await load("frame.js");
const { nextPlace, signInFirst } = await load("places.js");

const me = (...pages) => ({ status: 200, body: { name: "Nolwenn Kerbourch", pages } });

test("whoever is signed out is led to sign in, and back to the page afterwards", () => {
  const to = elsewhere({ status: 401, body: null }, "people");
  assert.equal(to, "/#next=/people");
  assert.equal(nextPlace(to.slice(1)), "/people");
  assert.equal(signInFirst("requests"), "/");
});

test("a link to sign in leads to no other site, and to no page that is not ours", () => {
  for (const hash of ["#next=//example.org", "#next=https://example.org/", "#next=/people//x", "#next=", "", "#other"]) {
    assert.equal(nextPlace(hash), null, hash);
  }
});

test("a page of another role leads to the first page of one's own", () => {
  assert.equal(elsewhere(me("accounts"), "requests"), "/accounts");
  assert.equal(elsewhere(me("requests", "people"), "people"), null);
  assert.equal(elsewhere(me(), "requests"), "/account");
});

test("one's own account is open to every role", () => {
  assert.equal(elsewhere(me("journal"), "account"), null);
});

test("a second factor that is due is set up before anything else", () => {
  const due = { status: 403, body: { error: "second_factor_due" } };
  assert.equal(elsewhere(due, "requests"), "/account");
  assert.equal(elsewhere(due, "team"), "/account");
});

test("a server that does not answer is asked again, and it is said meanwhile", async () => {
  const answers = [{ status: 0, body: null }, { status: 503, body: null }, me("team")];
  const said = [];
  const found = await known({
    api: { me: async () => answers.shift() },
    rest: { sleep: async () => {} },
    page: "team",
    go: () => assert.fail("nobody is sent away"),
    say: (text) => said.push(text),
  });
  assert.equal(found.name, "Nolwenn Kerbourch");
  assert.deepEqual(said.map(Boolean), [true, true, false]);
});

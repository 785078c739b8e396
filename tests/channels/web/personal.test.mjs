import assert from "node:assert/strict";
import { test } from "node:test";

import { ANSWER, takeLink } from "../../../channels/web/static/personal.js";

const address = (hash) => ({ hash, pathname: "/", search: "" });
const history = () => {
  const kept = [];
  return { kept, replaceState: (state, title, url) => kept.push(url) };
};

test("the secret of a personal link is taken and wiped from the address", () => {
  const past = history();
  assert.equal(takeLink(address("#lien=abc%2Dd"), past), "abc-d");
  assert.deepEqual(past.kept, ["/"]);
});

test("the secret of an SMS stands under its own sign", () => {
  const past = history();
  assert.equal(takeLink(address("#lien=abc"), past, ANSWER), null);
  assert.equal(takeLink(address("#reponse=abc"), past), null);
  assert.equal(takeLink(address("#reponse=abc"), past, ANSWER), "abc");
  assert.deepEqual(past.kept, ["/"]);
});

test("any other address is left alone", () => {
  const past = history();
  for (const hash of ["", "#", "#field", "#lien"]) assert.equal(takeLink(address(hash), past), null);
  assert.deepEqual(past.kept, []);
});

test("an empty link says nothing and is wiped all the same", () => {
  const past = history();
  assert.equal(takeLink(address("#lien="), past), null);
  assert.deepEqual(past.kept, ["/"]);
});

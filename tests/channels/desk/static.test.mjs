// Rules of the desk's pages and modules that no linter knows.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const OURS = new URL("../../../channels/desk/static/", import.meta.url);
const PUBLIC = new URL("../../../channels/web/static/", import.meta.url);
const PARTS = new URL("../../../channels/desk/templates/", import.meta.url);
// As it is served: a page holds its parts.
const read = (name) =>
  readFileSync(new URL(name, OURS), "utf8").replace(/\{% include "([^"]+)" %\}/g, (_, part) => readFileSync(new URL(part, PARTS), "utf8"));
const names = readdirSync(OURS);
const served = new Set([...names, ...readdirSync(PUBLIC)]);
const ending = (suffix) => names.filter((name) => name.endsWith(suffix));

for (const name of ending(".html")) {
  test(`${name} holds nothing that the content policy forbids, and has one title`, () => {
    const page = read(name);
    assert.doesNotMatch(page, /\sstyle=|<style|\son[a-z]+="|<script(?![^>]*\ssrc="\/static\/)|javascript:/);
    assert.equal(page.split("<h1").length, 2);
    assert.match(page, /<html lang="fr">/);
    assert.match(page, /<main id="work"[^>]*tabindex="-1"/);
  });

  test(`${name} begins with the frame, and asks only for files that exist`, () => {
    assert.match(read(name), /<body[^>]*>\s*<div id="frame"><\/div>/);
    for (const [, file] of read(name).matchAll(/"\/static\/([^"]+)"/g)) assert.ok(served.has(file), file);
  });

  test(`every label of ${name} names a field, and no id is given twice`, () => {
    const ids = [...read(name).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, field] of read(name).matchAll(/\s(?:for|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"/g)) {
      assert.ok(ids.includes(field), field);
    }
  });
}

for (const name of ending(".js")) {
  test(`${name} puts no text in the page as markup, and stays within 250 lines`, () => {
    assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
    assert.ok(read(name).split("\n").length <= 250);
  });

  test(`${name} imports only what is served`, () => {
    for (const [, file] of read(name).matchAll(/from "(?:\.\/|\/static\/)([^"]+)"/g)) assert.ok(served.has(file), file);
  });
}

test("no module of the desk stands before one that a public module imports by its own name", () => {
  // The desk's server looks into its own folder first.
  const shared = new Set();
  const follow = (name) => {
    if (shared.has(name)) return;
    shared.add(name);
    for (const [, file] of readFileSync(new URL(name, PUBLIC), "utf8").matchAll(/from "\.\/([^"]+)"/g)) follow(file);
  };
  for (const name of ending(".js")) for (const [, file] of read(name).matchAll(/from "\/static\/([^"]+)"/g)) follow(file);
  assert.deepEqual([...shared].filter((name) => names.includes(name)), []);
});

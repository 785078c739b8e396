// Rules of the pages and style sheets that no linter knows.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const FOLDER = new URL("../../../channels/web/static/", import.meta.url);
const read = (name) => readFileSync(new URL(name, FOLDER), "utf8");
const names = readdirSync(FOLDER);
const ending = (suffix) => names.filter((name) => name.endsWith(suffix));

for (const name of ending(".html")) {
  test(`${name} holds nothing that the content policy forbids`, () => {
    const page = read(name);
    assert.doesNotMatch(page, /\sstyle=|<style|\son[a-z]+="|<script(?![^>]*\ssrc="\/static\/)|javascript:/);
    const addresses = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map((found) => found[1]);
    for (const address of addresses) assert.match(address, /^(\/static\/|#|tel:|sms:)/);
  });

  test(`${name} asks only for files that exist`, () => {
    for (const [, file] of read(name).matchAll(/"\/static\/([^"]+)"/g)) assert.ok(names.includes(file), file);
  });
}

for (const name of ending(".js")) {
  test(`${name} puts no text in the page as markup`, () => {
    assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });

  test(`${name} stays within 150 lines`, () => assert.ok(read(name).split("\n").length <= 150));
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one, other) {
  const light = (colour) => {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4)));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const SCHEMES = read("base.css")
  .split("prefers-color-scheme: dark")
  .map((part) => Object.fromEntries([...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((found) => found.slice(1))));

const TEXT_ON = {
  ink: ["ground", "card", "sea-wash", "heather-wash", "gorse-wash", "alarm-wash"],
  soft: ["ground", "card", "sea-wash", "heather-wash"],
  "sea-strong": ["ground", "card", "heather-wash", "alarm-wash"],
  "on-sea": ["sea"],
  heather: ["heather-wash", "ground"],
  alarm: ["sea-wash"],
};
const EDGE_ON = { edge: ["card", "ground"], focus: ["card", "ground"], heather: ["card"] };

["light", "dark"].forEach((scheme, index) => {
  const colours = SCHEMES[index];
  const pairs = [
    ...Object.entries(TEXT_ON).flatMap(([front, backs]) => backs.map((back) => [front, back, 4.5])),
    ...Object.entries(EDGE_ON).flatMap(([front, backs]) => backs.map((back) => [front, back, 3])),
  ];
  for (const [front, back, least] of pairs) {
    test(`${scheme}: ${front} on ${back} is at least ${least}:1`, () => {
      const ratio = contrast(colours[front], colours[back]);
      assert.ok(ratio >= least, `${ratio.toFixed(2)}:1`);
    });
  }
});

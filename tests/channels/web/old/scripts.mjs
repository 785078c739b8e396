// What a script asks of the browser that an old one does not know.

import { parse } from "acorn";
import { full } from "acorn-walk";

import { isKnown, named, tables } from "./support.mjs";

/** The last whose syntax Safari 13 knows whole: it has no `?.`, which came with 13.1. */
const SYNTAX = 2019;

const members = named(tables.api, tables.javascript.builtins);
const globals = Object.assign({}, tables.javascript.builtins, tables.api, tables.api.Window);

/** A name may be that of several things: it is too new if it is in all of them. */
const isNewMember = (name) => members.has(name) && !members.get(name).some(isKnown);
const isNewGlobal = (name) => Object.hasOwn(globals, name) && !isKnown(globals[name]);

function isListening({ callee, arguments: [name] }) {
  return callee.property && callee.property.name === "addEventListener" && name && name.type === "Literal";
}

const read = (text) => parse(text, { ecmaVersion: SYNTAX, sourceType: "module" });

/** Names that this module gives to parts of its own objects. */
export function ownNames(text) {
  const found = [];
  full(read(text), (node) => {
    if (node.type === "ObjectExpression") found.push(...node.properties.map(({ key }) => key && key.name));
  });
  return found;
}

/** Names of what is too new in this module, sorted, save those in `ours`. Throws SyntaxError where its syntax is. */
export function tooNewInScript(text, ours) {
  const found = new Set();
  full(read(text), (node) => {
    if (node.type === "MemberExpression" && !node.computed && !ours.has(node.property.name) && isNewMember(node.property.name))
      found.add(node.property.name);
    if (node.type === "Identifier" && isNewGlobal(node.name)) found.add(node.name);
    if (node.type === "CallExpression" && isListening(node) && isNewMember(`${node.arguments[0].value}_event`))
      found.add(`${node.arguments[0].value} event`);
  });
  return [...found].sort();
}

// What a style sheet asks of the browser that an old one does not know, and that nothing before it stands in for.

import { parse, walk } from "css-tree";

import { isKnown, tables } from "./support.mjs";

const { properties, selectors, types } = tables.css;
const VIEWPORTS = { d: "dynamic", l: "large", s: "small" };

function unit(name) {
  const kind = /^([dls])v/.exec(name);
  return kind ? types.length[`viewport_percentage_units_${VIEWPORTS[kind[1]]}`] : types.length[name];
}

function value(property, node) {
  const own = properties[property] || {};
  if (node.type === "Identifier") return own[node.name];
  if (node.type === "Function") return types[node.name] || types.color[node.name] || own[node.name];
  return node.type === "Dimension" ? unit(node.unit.toLowerCase()) : undefined;
}

/** `gap` is old between the cells of a grid, and young between the parts of anything else. */
function isFlexGap(property, block) {
  if (!/^(row-|column-)?gap$/.test(property)) return false;
  return !block.some((one) => one.property === "display" && one.value.children.first.name === "grid");
}

function tooNewInBlock(block) {
  const declarations = block.children.toArray().filter((node) => node.type === "Declaration");
  return declarations.flatMap((one, index) => {
    const { property } = one;
    if (property.startsWith("-")) return [];
    if (!isKnown(properties[property])) return [property];
    if (isFlexGap(property, declarations)) return [`${property} without a grid`];
    // An old browser drops what it cannot read, and keeps what was said before.
    if (declarations.slice(0, index).some((before) => before.property === property)) return [];
    const found = [];
    walk(one.value, (node) => {
      if (!isKnown(value(property, node))) found.push(`${property}: ${node.name || node.unit}`);
    });
    return found;
  });
}

/** Names of what is too new in this sheet, sorted: "inset", "min-height: dvh", ":has", "@container". */
export function tooNewInSheet(text) {
  const found = new Set();
  walk(parse(text), {
    enter(node) {
      // Whoever reads into it said that they know.
      if (node.type === "Atrule" && node.name === "supports") return this.skip;
      if (node.type === "Atrule" && !isKnown(tables.css["at-rules"][node.name])) found.add(`@${node.name}`);
      if (node.type === "Feature" && !isKnown(tables.css["at-rules"].media[node.name])) found.add(`(${node.name})`);
      if (node.type === "PseudoClassSelector" && !isKnown(selectors[node.name])) found.add(`:${node.name}`);
      if (node.type === "PseudoElementSelector" && !isKnown(selectors[node.name])) found.add(`::${node.name}`);
      if (node.type === "Block") tooNewInBlock(node).forEach((name) => found.add(name));
    },
  });
  return [...found].sort();
}

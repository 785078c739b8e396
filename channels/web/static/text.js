// Elements and texts, always as text: nothing that anyone writes can become markup.

import { linkedParts } from "./links.js";

/** `make("p", "text", "Bonjour")`: an element with a class and a text. */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Replaces the content of `element` by `text`; the numbers to call in a text of ours, in any `lang`, can be touched. */
export function fill(element, text, author, lang) {
  return fillWith(element, linkedParts(text, author, lang));
}

/** Replaces the content of `element` by parts `{text, href}`. */
export function fillWith(element, parts) {
  element.textContent = "";
  parts.forEach((part) => element.append(part.href ? link(part) : part.text));
  return element;
}

function link({ text, href }) {
  const anchor = make("a", "", text);
  anchor.href = href;
  return anchor;
}

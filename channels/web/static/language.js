// In which language a message is, for screen readers and for scripts that run from right to left. The page is in French.

/** The attributes of an element that holds what `message` says. What a person writes runs as its own letters do. */
export function spokenIn({ author, lang, dir }) {
  if (author === "person") return { dir: "auto" };
  return lang ? { lang, dir } : {};
}

/** The element, marked with the language of `message`. */
export function inLanguageOf(message, element) {
  return Object.assign(element, spokenIn(message));
}

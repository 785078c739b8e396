// Outage, strike, closure: a calm strip above the chat, as the authority words it.

import { fill, make } from "./text.js";
import { words } from "./words.js";

/** `strip` is a section that holds a list. What is there when the page opens is read in its place, and not announced. */
export function createNotices(strip, announce) {
  const list = strip.querySelector("ul");
  let told = null;

  return {
    show(notices) {
      const texts = notices.map(({ text }) => text);
      if (JSON.stringify(texts) === told) return;
      const fresh = told === null ? [] : texts.filter((text) => !JSON.parse(told).includes(text));
      told = JSON.stringify(texts);
      strip.hidden = texts.length === 0;
      list.textContent = "";
      notices.forEach(({ kind, text }) => {
        const row = make("li", "news-item");
        row.append(make("strong", "news-kind", words.notices[kind]), " ", fill(make("span", "news-text"), text, "system"));
        list.append(row);
      });
      fresh.forEach((text) => announce(text));
    },
  };
}

// What the authority says of itself: asked for until it answers, then now and then, for what happens meanwhile.

import { showContact } from "./contact.js";
import { createNotices } from "./notices.js";

const AGAIN = 10000;
const NOW_AND_THEN = 5 * 60000;

/** Keeps its number and its notices on the page; once they are there, nothing is asked for while nobody looks (`seen`). */
export function showAuthority({ find, transport, seen, announce }) {
  const notices = createNotices(find("news"), announce);
  follow({ transport, seen }, (card) => {
    showContact(find("contact"), card);
    notices.show(card.notices);
  });
}

/** `on(card)` hears of each answer; `known`: there was one. */
export async function follow({ transport, seen, after = setTimeout, known = false }, on) {
  const { status, body } = known && !seen() ? { status: 0 } : await transport.authority();
  const good = status === 200 && body;
  if (good) on(body);
  after(() => follow({ transport, seen, after, known: known || Boolean(good) }, on), good ? NOW_AND_THEN : AGAIN);
}

// "Ajouter à mon agenda": the server writes the file, the calendar of the telephone opens it.

import { download } from "./download.js";
import { words } from "./words.js";

const NAME = "rendez-vous.ics";
const TYPE = "text/calendar;charset=utf-8";

/**
 * Returns what a press does with the path of a file. `on` is `{read(path), announce(text), say(text)}`; `read` answers
 * like the transport, the file's text as its body.
 */
export function createCalendar(on, open = keep) {
  let busy = false;

  return async (path) => {
    if (busy) return;
    busy = true;
    const { status, body } = await on.read(path);
    busy = false;
    if (status !== 200) return on.say(words.card.unread);
    open(body);
    on.say("");
    on.announce(words.card.ready);
  };
}

// An iPhone puts a Blob among its downloads, where nobody looks; an address that is the file itself opens the calendar
// (nwcell/ics.js#27, jshor/datebook#53). The others keep a file, and refuse to go to such an address.
function keep(text) {
  if (!isApplePocket(navigator)) return download(text, NAME, TYPE);
  const link = document.createElement("a");
  link.href = `data:${TYPE},${encodeURIComponent(text)}`;
  link.click();
}

/** An iPhone, or an iPad, which has said since 2019 that it is a Macintosh. */
export function isApplePocket({ userAgent, maxTouchPoints }) {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

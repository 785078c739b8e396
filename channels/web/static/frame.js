// The chat inside another site's page. Its own origin keeps that page out: this file only adds what a frame cannot know
// by itself, whether it is seen, and the two ways out that lead through the page above.

import { startChat } from "./chat.js";
import { createPort } from "./port.js";
import { tabStorage } from "./storage.js";
import { make } from "./text.js";
import { words } from "./words.js";

// A page above that does not answer is left by ourselves; the browser allows it after a touch or a key.
const LEAVE_WITHIN = 700;

const { authority, sites } = document.body.dataset;
// A site may also show the frame without our loader: then nobody says so, and it is seen.
let open = true;
let unread = 0;
let arriving = false;

const seen = () => open && !document.hidden;

function count(more) {
  unread = seen() ? 0 : unread + more;
  port.tell("unread", unread);
}

function leave(address) {
  port.tell("quit");
  setTimeout(() => window.top.location.replace(address), LEAVE_WITHIN);
}

/** Whoever opens the chat comes to the field. The page above first gives us the focus, before or after it says so. */
function settle() {
  if (!arriving || !document.hasFocus()) return;
  arriving = false;
  chat.settle();
}

const port = createPort(sites.split(" "), {
  opened() {
    open = true;
    close.hidden = false;
    // What is not shown has no height: it could not be followed while it came.
    if (unread) chat.toEnd();
    count(0);
    chat.nudge();
    arriving = true;
    settle();
  },
  closed() {
    open = arriving = false;
    chat.hush();
  },
  quit: () => chat.leave(),
});

const close = make("button", "close", words.frame.close);
close.type = "button";
close.hidden = true;
close.addEventListener("click", () => port.tell("close"));
document.getElementById("top").insertBefore(close, document.getElementById("quit"));
document.addEventListener("visibilitychange", () => count(0));
window.addEventListener("focus", settle);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.repeat && !event.isComposing && !event.defaultPrevented) port.tell("close");
});
// Another page in the frame would take the conversation's place, and the site may forbid it (frame-src).
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[href^=http]");
  if (link) Object.assign(link, { target: "_blank", rel: "noopener" });
});
// Cookies of other sites are blocked: the browser gives a frame nothing to remember by.
if (!tabStorage()) document.querySelector(".welcome").append(make("p", "care", words.frame.forgets));

const chat = startChat({ authority, seen, arrived: (some) => some && count(some), leave });

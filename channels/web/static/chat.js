// Puts the chat together on a page that holds its markup.

import { createAloud } from "./aloud.js";
import { createAnnouncer } from "./announcer.js";
import { showAuthority } from "./authority.js";
import { createCalendar } from "./calendar.js";
import { comeBack } from "./comeback.js";
import { createComposer } from "./composer.js";
import { createControls } from "./controls.js";
import { createConversation } from "./conversation.js";
import { createFollower } from "./follow.js";
import { ANSWER, takeLink } from "./personal.js";
import { createQuickExit } from "./quit.js";
import { createLink, createTyping } from "./status.js";
import { createStore, tabStorage } from "./storage.js";
import { createTranscript } from "./transcript.js";
import { createTransport } from "./transport.js";
import { createUnread } from "./unread.js";
import { createView } from "./view.js";
import { words } from "./words.js";

const find = (id) => document.getElementById(id);

/** A page that is the chat's own. */
const alone = () => ({
  authority: document.body.dataset.authority,
  seen: () => !document.hidden,
  arrived() {},
  leave: undefined,
});

/**
 * Starts the chat on the current page. `place` says where that is: `authority`, the code of the collectivité that it
 * is for, if any; `seen()`, somebody looks at it; `arrived(count)`, called with each arrival; `leave(address)`, what
 * "Quitter vite" does. Returns `{leave(), nudge(), hush(), toEnd(), settle()}`: the same, the page is looked at
 * again, nothing is read aloud any more, what came last is in view, and the focus is where one writes.
 */
export function startChat(place = alone()) {
  const transport = createTransport({ hidden: () => !place.seen(), authority: place.authority });
  const store = createStore(tabStorage());
  const announcer = createAnnouncer(find("announcements"));
  let conversation = null;

  function write(text, choice) {
    view.say("");
    conversation.write(text, choice);
    follower.toEnd();
  }

  /** Writes what a button says; `choice` is `{title, value}` where the server offered it. */
  function pick(text, choice) {
    write(text, choice);
    composer.focusQuietly();
  }

  function retry() {
    conversation.nudge();
    composer.focusQuietly();
  }

  function begin() {
    conversation = createConversation({ transport, store, view, visible: place.seen });
    conversation.resume();
  }

  /** Ends the conversation in hand and starts another, of which nothing exists until the person writes. */
  function restart() {
    conversation.end();
    transcript.clear();
    begin();
  }

  /** Shows the conversation of this token in the place of the one in hand. */
  function open(token) {
    conversation.end();
    transcript.clear();
    store.write("token", token);
    begin();
    view.say(words.answerHere);
  }

  const composer = createComposer(
    { form: find("composer"), field: find("field"), counter: find("counter") },
    { write, announce: announcer.say }
  );
  const telling = { announce: announcer.say, say: (text) => view.say(text), settle: () => composer.focusQuietly() };
  const calendar = createCalendar({ read: (path) => conversation.calendar(path), ...telling });
  const aloud = createAloud(find("messages"));
  const transcript = createTranscript(find("messages"), {
    choose: (choice) => pick(choice.title, choice),
    retry,
    calendar,
    aloud,
    settle: telling.settle,
  });
  const unread = createUnread(document, place.seen);
  const follower = createFollower({ end: find("end"), top: find("top"), button: find("new-messages") });
  const view = createView({
    find,
    announcer,
    composer,
    follower,
    transcript,
    ...createControls({ find, talk: () => conversation, view: () => view, pick, telling }),
    link: createLink(find("link")),
    typing: createTyping(find("typing")),
    restart,
    told(count) {
      unread.arrived(count);
      place.arrived(count);
    },
  });

  function look() {
    unread.looked();
    conversation.nudge();
  }

  const forget = () => {
    conversation.end();
    composer.clear();
    transcript.clear();
  };
  const leave = createQuickExit(find("quit"), forget, place.leave);
  find("back").addEventListener("click", () => pick(words.back));
  document.querySelectorAll(".starter").forEach((button) => {
    button.addEventListener("click", () => pick(button.textContent));
  });
  window.addEventListener("online", () => conversation.nudge());
  document.addEventListener("visibilitychange", () => {
    if (place.seen()) look();
  });
  showAuthority({ find, transport, seen: place.seen, announce: announcer.say });
  begin();
  const link = takeLink(window.location, window.history);
  if (link) conversation.redeem(link);
  const answer = takeLink(window.location, window.history, ANSWER);
  if (answer) comeBack(answer, { transport, on: { opened: open, say: view.say } });
  return { leave, nudge: look, hush: aloud.stop, toEnd: follower.toEnd, settle: telling.settle };
}

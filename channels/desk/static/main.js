// The desk put together: who is signed in, who waits, which requests are open, and what the feed tells.

import { createAnnouncer } from "/static/announcer.js";

import { createApi } from "./api.js";
import { createBeside } from "./beside.js";
import { createOutbox } from "./composer.js";
import { createDialogs } from "./dialogs.js";
import { createFeed } from "./feed.js";
import { drawFrame } from "./frame.js";
import { createKept, forgetAll } from "./kept.js";
import { createListing } from "./listing.js";
import { createNews } from "./news.js";
import { createOpened } from "./opened.js";
import { createOpening } from "./opening.js";
import { createPanel } from "./panel.js";
import { createReadyTexts } from "./readytexts.js";
import { createSession } from "./session.js";
import { listenToKeys } from "./shortcuts.js";
import { createTextsDesk } from "./textsdesk.js";
import { createTranscripts } from "./transcripts.js";
import { createUrgent } from "./urgent.js";
import { createWatch, worthTelling } from "./watch.js";
import { createWriting } from "./writing.js";

const at = (id) => document.getElementById(id);
const named = (names) => Object.fromEntries(Object.entries(names).map(([name, id]) => [name, at(id)]));
const REQUEST = /^#request=([0-9a-f-]{36})$/;
const ENDED = "Votre session est terminée. Reconnectez-vous.";
const KEYS_OFF = "hent-desk-keys-off";

const api = createApi();
const { say } = createAnnouncer(at("news"));
const news = createNews({
  say,
  places: named({ sounds: "sounds", notify: "notify", state: "notify-state", test: "test-sound" }),
});
const frame = drawFrame({ host: at("frame"), page: "requests", signOut });
const opened = createOpened({ api, on: { draw, say: (text) => panel.say(text), ended: leave }, role: () => me.role });
const outbox = createOutbox({ store: api.store, change: draw, keep: (items) => kept.setUnsent(items) });
const ready = createReadyTexts({
  places: named({ dialog: "ready-dialog", search: "ready-search", list: "ready-list", told: "ready-told", shut: "ready-shut" }),
  read: () => api.readyTexts(opened.id()),
  choose: (text) => writing.insert(text),
});
const texts = createTextsDesk({ at, api, role: () => me.role });
const writing = createWriting({ at, opened, outbox, kept: () => kept, after: answered, ready: ready.open });
const dialogs = createDialogs({ at, opened, api });
const panel = createPanel({ at, opened, outbox, writing, press: dialogs.press, after: answered });
const listing = createListing({ at, api, opened, open: ({ id }) => opening.open(id), ended: leave });
const beside = createBeside({ at, api, changed: () => opened.refresh() });
const copies = createTranscripts({
  api,
  host: at("copies"),
  say: (text) => {
    at("copies-said").textContent = text;
  },
  ended: () => leave(ENDED),
});
const opening = createOpening({ at, opened, panel, kept: () => kept, drawn });
const urgent = createUrgent({
  places: named({ banner: "urgent", text: "urgent-text", show: "urgent-show", silence: "urgent-silence" }),
  open: ({ id }) => opening.open(id),
  ring: news.alarm,
});
const watch = createWatch({
  api,
  told({ mine, urgent: untaken }) {
    news.count(mine.reduce((sum, { unread }) => sum + unread, 0));
    urgent.tell(untaken);
  },
});
const feed = createFeed({
  open: api.events,
  on: { event: heard, link, ended: () => leave(ENDED), fresh },
});
const session = createSession({
  api,
  places: named({ signIn: "sign-in", code: "code", invitation: "invitation", notice: "notice" }),
  opened: enter,
});

let me = null;
let kept = createKept("");
let down = false;

async function enter(somebody, byHand) {
  // A colleague who signs in on the same page finds nothing of the one before.
  if (me && me.id !== somebody.id) forget();
  const first = me === null;
  me = somebody;
  kept = createKept(me.id);
  frame.enter(me);
  show(true);
  if (byHand) at("queue-title").focus();
  if (first) {
    outbox.restore(kept.unsent());
    opening.restore(linked());
  }
  const cursor = await fresh();
  if (!at("desk").hidden) feed.start(cursor);
}

/** The request that a link led to, once: a reload afterwards shows what was on the screen. */
function linked() {
  const [, id] = REQUEST.exec(location.hash) || [null, null];
  if (id) history.replaceState(null, "", location.pathname);
  return id;
}

function forget() {
  opened.leave();
  outbox.clear();
  panel.close();
  beside.close();
  listing.clear();
  me = null;
}

function show(on) {
  at("desk").hidden = !on;
  at("title").classList.toggle("unseen", on);
}

function leave(text) {
  feed.stop();
  listing.stop();
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  urgent.tell([]);
  news.count(0);
  show(false);
  frame.leave();
  frame.link.textContent = "";
  down = false;
  session.ask(text);
}

async function signOut() {
  await api.signOut();
  forget();
  forgetAll();
  leave("Vous êtes déconnecté.");
}

function link(up) {
  frame.link.textContent = up ? "" : "Connexion perdue. Nouvel essai en cours…";
  // What was asked for while nobody answered is asked for again.
  if (up && down) fresh();
  down = !up;
}

/** Resolves to the number that the feed goes on from, or to null. */
async function fresh() {
  const cursor = await listing.read();
  if (cursor === null) return null;
  opened.all().forEach(({ id }) => opened.refresh(id));
  watch.read();
  copies.refresh();
  return cursor;
}

function draw() {
  if (opening.drop()) say("Une demande ouverte n’est plus dans votre service. Son onglet est fermé.");
  panel.draw();
  beside.draw(opened.known());
  opening.draw();
  look();
}

function drawn() {
  draw();
  listing.draw();
}

/** What stands on a screen that somebody can see is read. */
async function look() {
  if (document.visibilityState !== "visible" || !(await opened.read())) return;
  opening.draw();
  listing.soon();
  watch.soon();
}

function heard(event) {
  const { kind, escalation } = event;
  if (opened.has(escalation)) opened.refresh(escalation);
  listing.soon();
  if (kind === "escalation" || event.urgent || watch.follows(escalation)) watch.soon();
  const words = worthTelling(event, { me: me.id, open: opened.id(), follows: (id) => watch.follows(id) || opened.has(id) });
  if (words) news.tell(words);
  // Untaken, it rings by itself; in a request of one's own nothing else would be heard.
  if (words && event.urgent && watch.follows(escalation)) news.alarm();
}

function answered({ status, body }) {
  if (status === 401) leave((body && body.message) || "Reconnectez-vous.");
  else opened.refresh();
}

frame.tools.append(at("alerts"), at("help"));
at("alerts").addEventListener("click", () => at("alerts-dialog").showModal());
at("help").addEventListener("click", () => at("shortcuts").showModal());
at("ready").addEventListener("click", ready.open);
at("copy").addEventListener("click", () => copies.ask(opened.id()));
at("ready-manage").addEventListener("click", () => {
  at("ready-dialog").close();
  texts.open();
});
window.addEventListener("online", () => {
  feed.nudge();
  if (!at("desk").hidden) fresh();
});
window.addEventListener("hashchange", () => {
  const id = me && linked();
  if (id) opening.open(id);
});
document.addEventListener("visibilitychange", look);
listenToKeys({
  box: at("keys-on"),
  list: at("keys"),
  setting: {
    read: () => localStorage.getItem(KEYS_OFF) === null,
    write: (on) => (on ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1")),
  },
  actions: {
    ...Object.fromEntries(
      [...at("request").querySelectorAll("[data-act]")].map(({ dataset: { act } }) => [act, () => dialogs.press(act)])
    ),
    down: () => listing.move(1),
    up: () => listing.move(-1),
    list: () => at("queue-title").focus(),
    search: () => at("search").focus(),
    nextTab: () => opening.turn(1),
    previousTab: () => opening.turn(-1),
    shutTab: () => opened.id() && opening.shut(opened.id()),
    reply: () => panel.say(writing.focus("reply")),
    note: () => writing.focus("note"),
    ready: () => !at("reply").hidden && opened.id() && ready.open(),
    urgent: () => at("urgent-show").click(),
    help: () => at("shortcuts").showModal(),
  },
});
session.begin();

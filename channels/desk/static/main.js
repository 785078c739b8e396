// The desk put together: who is signed in, who waits, which request is open, and what the feed tells.

import { createAnnouncer } from "/static/announcer.js";

import { OUTCOMES } from "./acting.js";
import { createApi } from "./api.js";
import { createOutbox } from "./composer.js";
import { createFeed } from "./feed.js";
import { createListing } from "./listing.js";
import { createNews } from "./news.js";
import { createOpened } from "./opened.js";
import { createPanel } from "./panel.js";
import { createSession } from "./session.js";
import { listenToKeys } from "./shortcuts.js";

const at = (id) => document.getElementById(id);
const KEYS_OFF = "hent-desk-keys-off";

const api = createApi();
const news = createNews({ say: createAnnouncer(at("news")).say, notify: at("notify"), sound: at("sound") });
const opened = createOpened({ api, on: { draw: () => panel.draw(), say: (text) => panel.say(text), ended: leave } });
const outbox = createOutbox({ store: api.store, change: () => panel.draw() });
const panel = createPanel({ at, opened, outbox, after: answered });
const listing = createListing({ at, api, opened, open, ended: leave });
const feed = createFeed({
  open: api.events,
  on: { event: heard, link, ended: () => leave("Votre session est terminée. Reconnectez-vous."), fresh },
});
const session = createSession({
  api,
  places: { signIn: at("sign-in"), code: at("code"), invitation: at("invitation"), notice: at("notice") },
  opened: enter,
});

let last = "";
let down = false;

async function enter(me) {
  const who = `${me.name}, ${me.organisation}`;
  // A colleague who signs in on the same page finds nothing of the one before.
  if (who !== last) forget();
  last = who;
  at("who").textContent = who;
  show(true);
  const cursor = await fresh();
  // Unread, the queue has no number to listen from: 0 is answered 410 if it is too old, and all is read again.
  if (!at("desk").hidden) feed.start(cursor || 0);
}

function forget() {
  opened.leave();
  outbox.clear();
  panel.close();
}

function show(on) {
  at("desk").hidden = !on;
  at("tools").hidden = !on;
}

function leave(text) {
  feed.stop();
  show(false);
  at("who").textContent = "";
  at("link").textContent = "";
  down = false;
  session.ask(text);
}

function link(up) {
  at("link").textContent = up ? "" : "Connexion perdue. Nouvel essai en cours…";
  // What was asked for while nobody answered is asked for again.
  if (up && down) fresh();
  down = !up;
}

async function fresh() {
  const cursor = await listing.read();
  opened.refresh();
  return cursor;
}

async function open(item) {
  panel.open(item);
  listing.seen(item.id);
  await opened.open(item.id);
}

function heard({ kind, escalation }) {
  const here = escalation === opened.id();
  if (here) opened.refresh();
  if (kind === "message" && !here) listing.unread(escalation);
  listing.soon();
  if (kind !== "message") return;
  news.tell(here ? "Nouveau message dans la demande ouverte." : "Nouveau message dans une autre demande.", listing.missed());
}

function answered({ status, body }) {
  if (status === 401) leave((body && body.message) || "Reconnectez-vous.");
  else opened.refresh();
}

OUTCOMES.forEach(([value, label]) => at("outcome").append(new Option(label, value)));
at("sign-out").addEventListener("click", async () => {
  await api.signOut();
  forget();
  leave("Vous êtes déconnecté.");
});
at("help").addEventListener("click", () => at("shortcuts").showModal());
window.addEventListener("online", () => feed.nudge());
listenToKeys({
  box: at("keys-on"),
  dialog: at("shortcuts"),
  setting: {
    read: () => localStorage.getItem(KEYS_OFF) === null,
    write: (on) => (on ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1")),
  },
  actions: {
    take: () => panel.press("take"),
    reply: () => at("reply-text").focus(),
    note: () => at("note-text").focus(),
    queue: () => at("queue-title").focus(),
    search: () => at("search").focus(),
    help: () => at("shortcuts").showModal(),
  },
});
session.begin();

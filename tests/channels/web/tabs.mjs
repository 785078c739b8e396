// Tabs of a browser, without the browser: the chat's own modules over real HTTP, driven by lines of JSON on the
// standard input; each is answered by one line. `node tabs.mjs ADDRESS`.

import { createInterface } from "node:readline";

import { createConversation } from "../../../channels/web/static/conversation.js";
import { createStore } from "../../../channels/web/static/storage.js";
import { createTransport } from "../../../channels/web/static/transport.js";

// Waits of seconds between two tries would make a story last a minute. Answers are waited for less briefly.
const [QUICKER, LONG] = [50, 20000];
const later = globalThis.setTimeout;
globalThis.setTimeout = (act, delay, ...given) => later(act, delay < LONG ? delay / QUICKER : (5 * delay) / QUICKER, ...given);

const address = process.argv[2];
const tabs = new Map();

/** What `sessionStorage` is to one tab. A tab that was closed writes nothing any more. */
function area(kept) {
  const storage = Object.assign(Object.create({ getItem: (key) => (key in storage ? storage[key] : null) }), kept);
  Object.defineProperty(storage, "setItem", { value: (key, value) => (storage[key] = value) });
  Object.defineProperty(storage, "removeItem", { value: (key) => delete storage[key] });
  return storage;
}

function texts(state) {
  return state.messages.concat(state.pending).filter((one) => one.author !== "assistant").map((one) => one.text);
}

/** One tab over what the browser kept of it; `wrong` tells each drawing that nobody should have seen. */
function openTab(kept = {}, written = []) {
  const [storage, wrong, stored] = [area(kept), [], new Set()];
  const tab = { storage, wrong, written, state: { messages: [], pending: [], mode: "assistant" }, doubles: 0, life: true };
  const send = (path, options) => {
    if (!tab.life) return Promise.reject(new Error("closed"));
    // What a proxy that lost patience does: the same request, once more.
    if (path === "/chat/messages" && tab.doubles-- > 0) fetch(address + path, options).then((answer) => answer.text()).catch(() => {});
    return fetch(address + path, options);
  };
  function draw(state) {
    tab.state = state;
    const shown = texts(state);
    if (new Set(shown).size < shown.length) wrong.push(`twice: ${shown}`);
    state.messages.forEach((message, index) => {
      if (index && message.seq <= state.messages[index - 1].seq) wrong.push(`order: ${message.seq}`);
      stored.add(message.text);
    });
    tab.written.forEach((text) => shown.includes(text) || stored.has(text) || wrong.push(`hidden: ${text}`));
  }
  const nothing = () => {};
  const view = { draw, arrived: nothing, say: nothing, link: nothing, failed: nothing, refused: nothing };
  view.gone = () => wrong.push("gone");
  const store = createStore(storage);
  tab.conversation = createConversation({
    transport: createTransport({ send, hidden: () => false }),
    store,
    view,
    visible: () => true,
  });
  tab.conversation.resume();
  return tab;
}

/** The page dies as pages do: nothing is told to anybody, and what the browser kept is all that is left. */
function close(tab) {
  const kept = Object.assign({}, tab.storage);
  tab.life = false;
  tab.conversation.end();
  return kept;
}

const COMMANDS = {
  open: ({ tab, like }) => void tabs.set(tab, openTab(like === undefined ? {} : Object.assign({}, tabs.get(like).storage))),
  reload({ tab }) {
    const old = tabs.get(tab);
    // What the server has already comes back with the rest of the thread.
    const unsent = old.state.pending.filter((item) => item.state !== "sent").map((item) => item.text);
    tabs.set(tab, openTab(close(old), unsent));
    tabs.get(tab).wrong.push(...old.wrong);
  },
  write({ tab, text }) {
    tabs.get(tab).conversation.write(text);
    tabs.get(tab).written.push(text);
  },
  double: ({ tab }) => void (tabs.get(tab).doubles = 1),
  nudge: ({ tab }) => tabs.get(tab).conversation.nudge(),
  close: ({ tab }) => void close(tabs.get(tab)),
  shows({ tab }) {
    const { state, wrong, storage } = tabs.get(tab);
    const { messages, pending, mode } = state;
    return { messages, pending, mode, wrong, token: JSON.parse(storage["hent.token"] || "null") };
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(COMMANDS[command.do](command) || {})}\n`);
});

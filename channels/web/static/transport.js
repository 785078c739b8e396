// The chat's HTTP contract. Nothing here throws for the network's sake: no answer is an answer with status 0.

import { createParser } from "./sse.js";

const ANSWER_WITHIN = 20000;
// The server sends a heartbeat every 15 s: two missed and a bit, and the line is dead even if the telephone thinks not.
const SILENCE = 40000;
// A stream says at once who answers. Some proxies and antivirus hold all of it back until its end, which never comes.
const FIRST_WORD = 10000;
const LOOK = 5000;

const browser = (...args) => window.fetch(...args);

/**
 * The calls of the chat, over `send` (fetch, or a stand-in for tests); `hidden()`: nobody looks at the page;
 * `authority`: the code of the collectivité that the page is for, if any.
 */
export function createTransport({ send = browser, hidden = () => document.hidden, authority } = {}) {
  function headers(token, more) {
    const said = Object.assign({}, token && { Authorization: `Bearer ${token}` }, more);
    // While the server's database is away, it knows by this alone whose number to give.
    return authority ? Object.assign(said, { "X-Hent-Authority": authority }) : said;
  }

  async function call(path, { method = "GET", token, body, within = ANSWER_WITHIN, signal, as = json } = {}) {
    const cut = limit(within, signal);
    try {
      const response = await send(path, {
        method,
        headers: headers(token, body && { "Content-Type": "application/json" }),
        body: body && JSON.stringify(body),
        cache: "no-store",
        signal: cut.signal,
      });
      return { status: response.status, body: await as(response), retryAfter: response.headers.get("Retry-After") };
    } catch (unreachable) {
      return { status: 0, body: null, retryAfter: null };
    } finally {
      cut.release();
    }
  }

  /**
   * Reads events after `after` until the line ends. Returns `{status, readable, heard, mute}`: heard says if a byte came,
   * mute if none did in time.
   */
  async function stream(token, after, onEvent, signal) {
    const cut = limit(FIRST_WORD, signal);
    const outcome = { status: 0, readable: false, heard: false, mute: false };
    try {
      const response = await send("/chat/events", {
        headers: headers(token, { Accept: "text/event-stream", "Last-Event-ID": String(after) }),
        cache: "no-store",
        signal: cut.signal,
      });
      outcome.status = response.status;
      outcome.readable = isStream(response);
      if (response.ok && outcome.readable) {
        await readAll(response.body.getReader(), createParser(onEvent), () => {
          outcome.heard = true;
          cut.renew(SILENCE);
        });
      }
    } catch (broken) {
      // A cut line ends the stream like a closed one: the caller asks for what it missed either way.
      outcome.mute = cut.signal.aborted && !outcome.heard;
    } finally {
      cut.release();
    }
    return outcome;
  }

  return {
    authority: () => call(authority ? `/chat/authority?code=${authority}` : "/chat/authority"),
    open: (signal) => call("/chat/conversations", { method: "POST", body: authority ? { authority } : {}, signal }),
    post: (token, message, signal) => call("/chat/messages", { method: "POST", token, body: message, signal }),
    read: (token, after, wait, signal) =>
      call(`/chat/messages?after=${after}&wait=${wait}${hidden() ? "&hidden=true" : ""}`, { token, within: ANSWER_WITHIN + wait * 1000, signal }),
    /** Everything up to `seq` has been shown. */
    mark: (token, seq) => call("/chat/read", { method: "POST", token, body: { seq }, as: nothing }),
    judge: (token, seq, helpful, signal) =>
      call(`/chat/messages/${seq}/helpful`, { method: "POST", token, body: { helpful }, signal, as: nothing }),
    identity: (token, what, signal) => call(`/chat/identity/${what}`, { method: "POST", token, body: {}, signal, as: nothing }),
    comeBack: (secret) => call("/chat/return", { method: "POST", body: { token: secret } }),
    redeem: (token, link, signal) =>
      call("/chat/identity/link", { method: "POST", token, body: { token: link }, signal }),
    /** The body is the text of the file. */
    transcript: (token, signal) => call("/chat/transcript", { token, signal, as: (response) => response.text() }),
    /** The same, of the file for a calendar at `path`. */
    calendar: (token, path, signal) => call(path, { token, signal, as: (response) => response.text() }),
    stream,
  };
}

const nothing = async () => null;

async function json(response) {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch (notJson) {
    // A proxy's page of error has its status; the half of a good answer is no answer, and is asked for again.
    if (response.ok) throw notJson;
    return null;
  }
}

function isStream(response) {
  const type = response.headers.get("Content-Type") || "";
  return type.startsWith("text/event-stream") && Boolean(response.body && response.body.getReader);
}

async function readAll(reader, parser, onBytes) {
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

/** An abort signal that fires after `within` ms, `renew(ms)` later, or with `outer` (AbortSignal.any is too recent). */
function limit(within, outer) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let [end, timer] = [Date.now() + within, null];
  // By the date: timers stand still while a laptop sleeps, and a line that died in that hour would be believed.
  function watch() {
    const left = end - Date.now();
    if (left <= 0) abort();
    else timer = setTimeout(watch, Math.min(left, LOOK));
  }
  watch();
  if (outer) outer.aborted ? abort() : outer.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    renew(longer) {
      end = Date.now() + longer;
    },
    release() {
      clearTimeout(timer);
      if (outer) outer.removeEventListener("abort", abort);
    },
  };
}

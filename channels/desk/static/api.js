// The desk's HTTP contract. Nothing here throws for the network's sake: no answer is an answer with status 0.

import { createRest, delay } from "/static/backoff.js";

const ANSWER_WITHIN = 20000;
// With waits of 1, 2, 4 and 8 s this is a quarter of a minute: after that the caseworker decides.
const TRIES = 5;

/** The calls of the desk, over `send` (fetch, or a stand-in for tests). An answer is `{status, body}`. */
export function createApi(send = (...args) => window.fetch(...args), rest = createRest()) {
  const call = (path, options) => ask(path, options, json);

  async function ask(path, { method = "GET", body } = {}, readBody) {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), ANSWER_WITHIN);
    try {
      const response = await send(`/desk${path}`, request(method, body, cut.signal));
      return { status: response.status, body: await readBody(response), wait: seconds(response) };
    } catch (unreachable) {
      return { status: 0, body: null, wait: null };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends what carries its own id until somebody answers for it: the same id twice is one message. */
  async function store(path, item) {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await call(path, { method: "POST", body: { id: item.id, text: item.text } });
      if (!passing(answer.status) || attempt === TRIES) return answer;
      await rest.sleep(answer.wait === null ? delay(attempt) : answer.wait);
    }
  }

  const post = (path, body) => call(path, { method: "POST", body });
  const about = (id, what = "") => `/escalations/${id}${what}`;

  return {
    call,
    /** Asks for a file that is made anew each time: the body is a Blob, or what is said where it was refused. */
    file: (path) => ask(path, { method: "POST" }, (response) => (response.ok ? response.blob() : json(response))),
    signIn: (email, password) => post("/session", { email, password }),
    giveCode: (code) => post("/session/code", { code }),
    signOut: () => call("/session", { method: "DELETE" }),
    accept: (token, password) => post("/invitation", { token, password }),
    me: () => call("/me"),
    /** `wanted` is any of state, kind, reason, priority, channel, late, search, page. */
    queue: (wanted) => call(`/queue?${asked(wanted)}`),
    thread: (id, after) => call(about(id, `?after=${after}`)),
    /** `name` is take, assign, pass-on, snooze, give-back, hand-back, reopen or close; `body` has the version seen. */
    act: (id, name, body) => post(about(id, `/${name}`), body),
    /** `kind` is reply or note. */
    store: (id, kind, item) => store(about(id, `/${kind}`), item),
    markRead: (id, seq) => post(about(id, "/read"), { seq }),
    readyTexts: (id) => call(about(id, "/ready-texts")),
    organisations: () => call("/organisations"),
    /** The open answer to a request for events after `after`; throws like fetch. */
    events: (after, signal) =>
      send(`/desk/events?after=${after}`, {
        headers: { Accept: "text/event-stream", "Last-Event-ID": String(after) },
        cache: "no-store",
        signal,
      }),
  };
}

function request(method, body, signal) {
  const headers = { "X-Hent-Desk": "1" };
  if (body) headers["Content-Type"] = "application/json";
  return { method, headers, body: body && JSON.stringify(body), cache: "no-store", signal };
}

/** What is empty is not asked for. */
function asked(wanted) {
  return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
}

function passing(status) {
  return status === 0 || status === 429 || status >= 500;
}

function seconds(response) {
  const told = Number.parseInt(response.headers.get("Retry-After"), 10);
  return Number.isNaN(told) ? null : told * 1000;
}

async function json(response) {
  try {
    return await response.json();
  } catch (notJson) {
    return null;
  }
}

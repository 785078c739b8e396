// What every page of the desk shares: the way past the header, who is signed in, the pages of their role, the way out.

import { createRest, delay } from "/static/backoff.js";
import { make } from "/static/text.js";

import { createApi } from "./api.js";
import { forgetAll } from "./kept.js";
import { MINE, PAGES, signInFirst } from "./places.js";

const DUE = "second_factor_due";
const AWAY = "Le bureau ne répond pas. Nouvel essai en cours…";

/** Header and navigation in `host`, for nobody until `enter(me)`; `tools` and `link` are the page's own to fill. */
export function drawFrame({ host, page, signOut }) {
  const who = make("p", "who-am-i");
  const link = make("p", "link");
  const tools = make("div", "tools");
  const pages = make("ul", "pages");
  const nav = make("nav", "nav");
  const out = button("Se déconnecter", signOut);
  link.setAttribute("role", "status");
  nav.setAttribute("aria-label", "Pages du bureau");
  nav.append(pages);
  const end = make("div", "signed-in");
  end.append(tools, who, out);
  const header = make("header", "top");
  header.append(brand(), nav, link, end);
  host.replaceChildren(skip(), header);

  function show(on) {
    nav.hidden = end.hidden = !on;
  }

  show(false);
  return {
    tools,
    link,
    enter(me) {
      who.replaceChildren(make("span", "", me.name), " ", make("span", "", me.organisation));
      pages.replaceChildren(...[...me.pages, MINE].map((name) => entry(name, name === page)));
      show(true);
    },
    leave() {
      who.textContent = "";
      show(false);
    },
  };
}

/** For a page that only whoever is signed in may see: resolves to `me`; all others are led to where they sign in. */
export async function createFrame({ page, api = createApi(), rest = createRest(), go = (to) => location.assign(to) }) {
  const frame = drawFrame({
    host: document.getElementById("frame"),
    page,
    signOut: () => leave(api, go),
  });
  const me = await known({ api, rest, page, go, say: (text) => (frame.link.textContent = text) });
  frame.enter(me);
  return me;
}

/** Who is signed in, however long the server takes to say so. Never resolves for whoever has to go elsewhere. */
export async function known({ api, rest, page, go, say }) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await api.me();
    const to = elsewhere(answer, page);
    say(to || answer.status === 200 ? "" : AWAY);
    if (answer.status === 200 && !to) return answer.body;
    if (to) {
      go(to);
      return new Promise(() => {});
    }
    await rest.sleep(delay(attempt));
  }
}

/** Where this answer to `me` sends the reader of `page`; null: they stay, or nobody answered. */
export function elsewhere({ status, body }, page) {
  if (status === 401) return signInFirst(page);
  const account = page === MINE;
  if (status === 403 && body && body.error === DUE && !account) return PAGES[MINE].path;
  if (status !== 200 || account || body.pages.includes(page)) return null;
  return PAGES[body.pages[0] || MINE].path;
}

/** Out here and at once; what was being written is forgotten, for whoever sits down next. */
export async function leave(api, go = (to) => location.assign(to)) {
  await api.signOut();
  forgetAll();
  go("/");
}

function skip() {
  const link = make("a", "skip", "Aller au contenu");
  link.href = "#work";
  return link;
}

function brand() {
  const link = make("a", "brand");
  link.href = "/";
  const mark = make("img", "mark");
  mark.src = "/static/hent.svg";
  mark.alt = "";
  mark.width = mark.height = 32;
  link.append(mark, make("span", "", "Hent"), make("span", "unseen", ", bureau des conseillers"));
  return link;
}

function entry(name, here) {
  const item = make("li");
  const link = make("a", "", PAGES[name].label);
  link.href = PAGES[name].path;
  if (here) link.setAttribute("aria-current", "page");
  item.append(link);
  return item;
}

function button(text, act) {
  const made = make("button", "quiet", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

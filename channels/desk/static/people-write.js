// Writing first to those who are chosen: what each would read is shown while the text is typed.

import { make } from "/static/text.js";

import { createOrder } from "./people-chosen.js";
import { plural, posted, summary } from "./people-words.js";

const PAUSE = 400;
const BEGIN = "Bonjour {prenom}, c’est {conseiller}, du service d’insertion. ";
const AWAY = "Le bureau ne répond pas. Rien n’est perdu : réessayez.";

/** `done(text)` is called once the message has left. */
export function createWriting({ at, api, chosen, say, done, ended }) {
  const order = createOrder();
  let latest = 0;
  let timer = null;

  function said(answer) {
    if (answer.status === 401) ended();
    return (answer.body && answer.body.message) || AWAY;
  }

  async function preview() {
    latest += 1;
    const mine = latest;
    const text = at("text").value.trim();
    at("send").disabled = true;
    if (!text) return show({ recipients: [] }, "Écrivez votre message.");
    const answer = await api.call("/people/write/preview", { method: "POST", body: { people: chosen.ids(), text } });
    // An answer that comes after a later one is of a text that nobody sees any more.
    if (mine !== latest) return undefined;
    if (answer.status !== 200) return show({ recipients: [] }, said(answer));
    at("send").disabled = answer.body.recipients.every((one) => one.refused);
    return show(answer.body, summary(answer.body));
  }

  function show({ recipients }, sum) {
    at("sum").textContent = sum;
    at("preview").replaceChildren(...recipients.map(line));
  }

  function soon() {
    // What is shown is not yet of this text: it cannot be sent before it is seen.
    at("send").disabled = true;
    clearTimeout(timer);
    timer = setTimeout(preview, PAUSE);
  }

  function close() {
    clearTimeout(timer);
    latest += 1;
    at("writing").hidden = true;
    at("write").focus();
  }

  async function send(event) {
    event.preventDefault();
    at("send").disabled = true;
    const body = order.of(chosen.ids(), at("text").value.trim());
    const answer = await api.call("/people/write", { method: "POST", body });
    at("send").disabled = false;
    if (answer.status !== 202) return say(said(answer));
    order.done();
    at("text").value = "";
    close();
    return done(posted(answer.body));
  }

  at("text").addEventListener("input", soon);
  at("draft").addEventListener("submit", send);
  at("leave").addEventListener("click", close);

  return {
    open() {
      at("writing-title").textContent = `Écrire à ${plural(chosen.size(), "personne")}`;
      at("writing").hidden = false;
      if (!at("text").value) at("text").value = BEGIN;
      preview();
      at("text").focus();
    },
    /** Who is chosen has changed. */
    changed() {
      if (at("writing").hidden) return;
      if (!chosen.size()) return close();
      at("writing-title").textContent = `Écrire à ${plural(chosen.size(), "personne")}`;
      return soon();
    },
  };
}

function line({ name, text, segments, refused }) {
  const item = make("li");
  if (refused) item.dataset.refused = "";
  item.append(make("p", "who", refused ? `${name} : rien ne part` : `${name}, ${segments} SMS`));
  item.append(make("p", refused ? "late" : "", refused || text));
  return item;
}

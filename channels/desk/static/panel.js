// The open request on the page: who it is about, what may be done to it, what sums it up, and all that was said.

import { make } from "/static/text.js";

import { dayAndHour, due, waited } from "./moments.js";
import { titleOf } from "./tabs.js";
import { createThreadView } from "./threadview.js";

/** `press(name)` acts or asks what is missing; `writing` draws the fields; `after(answer)` follows a second try. */
export function createPanel({ at, opened, outbox, writing, press, after }) {
  const view = createThreadView({
    list: at("messages"),
    retry: async (id) => after(await outbox.retry(id)),
    drop: writing.edit,
  });
  const buttons = [...at("request").querySelectorAll("[data-act]")];

  function draw() {
    const known = opened.known();
    if (!known) return;
    at("request-title").textContent = titleOf(known);
    at("reason-line").textContent = `${known.reason_label}, ${waited(known.since, Date.now())}`;
    at("state-line").textContent = standing(known);
    at("state-line").classList.toggle("late", known.late);
    at("urgent-mark").hidden = known.priority !== "urgent";
    offer(opened.actions());
    brief(known);
    view.draw(opened.messages(), known.events, outbox.of(known.id));
    writing.draw(known);
  }

  function offer(actions) {
    const within = buttons.includes(document.activeElement);
    buttons.forEach((button) => {
      button.hidden = !actions.includes(button.dataset.act);
    });
    at("acts").hidden = !actions.length;
    // The button that had the focus may be gone with the action.
    if (within && document.activeElement.hidden) at("request-title").focus();
  }

  function brief({ summary, phone, place }) {
    const facts = [place && `Commune : ${place}`, phone && `Téléphone : ${phone}`].filter(Boolean);
    at("brief-lines").replaceChildren(...[...summary, ...facts].map((line) => make("li", "", line)));
    at("brief").hidden = !summary.length && !facts.length;
  }

  function show(on) {
    at("request").hidden = at("person").hidden = !on;
    at("nothing").hidden = on;
  }

  buttons.forEach((button) => button.addEventListener("click", () => press(button.dataset.act)));

  return {
    draw,
    say: (text) => {
      at("said").textContent = text;
    },
    /** The caseworker chose a request: the focus follows them, as nothing else moves it. */
    open() {
      at("said").textContent = "";
      if (!opened.known()) blank();
      show(true);
      writing.open(opened.id());
      at("request-title").focus();
    },
    close() {
      blank();
      show(false);
    },
  };

  function blank() {
    view.clear();
    at("request-title").textContent = "Demande";
    ["reason-line", "state-line"].forEach((id) => {
      at(id).textContent = "";
    });
    // Pressed before the request is known, an action would do nothing and say nothing.
    at("acts").hidden = at("brief").hidden = true;
  }
}

/** Whose it is, by when, and whose turn: "À répondre. Pour mardi 2 décembre. Vous suivez cette demande." */
export function standing(known) {
  if (known.state === "closed") return "Demande close.";
  const until = known.snoozed_until ? `Mise de côté jusqu’à ${dayAndHour(known.snoozed_until)}` : due(known);
  const turn = known.turn === "person" && known.owner ? " À la personne de répondre." : "";
  return `${known.kind_label}. ${until}. ${holder(known)}${turn}`;
}

function holder({ mine, owner, assigned }) {
  if (mine) return "Vous suivez cette demande.";
  if (owner) return `${owner.name} suit cette demande.`;
  return assigned ? `Confiée à ${assigned.name}, qui ne l’a pas encore prise.` : "Personne ne la suit encore.";
}

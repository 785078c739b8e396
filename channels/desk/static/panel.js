// The open request on the page: its buttons, its two fields, and the draft of each conversation.

import { due } from "./order.js";
import { told } from "./sms.js";
import { createThreadView } from "./threadview.js";

const FIELDS = { reply: "reply-text", note: "note-text" };

/** `after(answer)` is called once something was sent, or could not be. */
export function createPanel({ at, opened, outbox, after }) {
  const drafts = new Map();
  const view = createThreadView({
    list: at("messages"),
    card: at("card"),
    retry: async (id) => after(await outbox.retry(id)),
    drop: edit,
  });
  const buttons = [...at("request").querySelectorAll("[data-act]")];
  const draftOf = (kind) => `${kind} ${opened.id()}`;

  function draw() {
    const known = opened.known();
    if (!known) return;
    const actions = opened.actions();
    at("request-title").textContent = title(known.person && known.person.name, known);
    at("state-line").textContent = standing(known);
    buttons.forEach((button) => {
      button.hidden = !actions.includes(button.dataset.act);
    });
    at("closing").hidden = !actions.includes("close");
    at("reply").hidden = !known.mine || known.state === "closed";
    count();
    view.person(known.person);
    view.draw(opened.messages(), known.events, outbox.of(known.id));
  }

  function count() {
    const known = opened.known();
    at("counter").textContent = known && known.channel === "sms" ? told(at("reply-text").value) : "";
  }

  function edit(item) {
    outbox.drop(item.id);
    const field = at(FIELDS[item.kind]);
    field.value = field.value ? `${field.value}\n${item.text}` : item.text;
    field.focus();
  }

  async function write(kind, event) {
    event.preventDefault();
    const field = at(FIELDS[kind]);
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    drafts.delete(draftOf(kind));
    count();
    after(await outbox.write(opened.id(), kind, text));
  }

  Object.keys(FIELDS).forEach((kind) => {
    at(kind).addEventListener("submit", (event) => write(kind, event));
    at(FIELDS[kind]).addEventListener("input", () => {
      drafts.set(draftOf(kind), at(FIELDS[kind]).value);
      count();
    });
  });
  buttons.forEach((button) => button.addEventListener("click", () => opened.act(button.dataset.act)));
  at("closing").addEventListener("submit", (event) => {
    event.preventDefault();
    opened.act("close", { outcome: at("outcome").value });
  });

  function show(on) {
    ["request", "person"].forEach((id) => {
      at(id).hidden = !on;
    });
    at("nothing").hidden = on;
  }

  return {
    draw,
    say: (text) => {
      at("said").textContent = text;
    },
    /** The caseworker chose a line: the focus follows them, as nothing else moves it. */
    open(item) {
      at("said").textContent = "";
      at("request-title").textContent = title(item.person, item);
      at("messages").replaceChildren();
      at("card").replaceChildren();
      show(true);
      at("request-title").focus();
      Object.entries(FIELDS).forEach(([kind, id]) => {
        at(id).value = drafts.get(`${kind} ${item.id}`) || "";
      });
    },
    close() {
      drafts.clear();
      at("messages").replaceChildren();
      at("card").replaceChildren();
      show(false);
    },
    press(name) {
      if (opened.actions().includes(name)) opened.act(name);
    },
  };
}

function title(name, { reason_label }) {
  return `${name || "Personne non identifiée"} : ${reason_label}`;
}

function standing(known) {
  if (known.state === "closed") return "Demande close.";
  const who = known.mine ? "Vous suivez cette demande." : known.owner && `${known.owner.name} suit cette demande.`;
  return `${known.kind_label}. ${due(known)}. ${who || "Personne ne la suit encore."}`;
}

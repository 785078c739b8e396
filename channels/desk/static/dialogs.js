// What is asked before a request moves: to whom, until when, why. Each in a dialog, which gives the focus back.

import { make } from "/static/text.js";

import { OUTCOMES } from "./acting.js";
import { dayOf, laterThan, morning } from "./moments.js";

const OTHER_DAY = "other";

/** `press(name)`: acts at once, or asks first what is missing. */
export function createDialogs({ at, opened, api }) {
  const asking = {
    assign: { fill: colleagues, answer: () => ({ caseworker: at("colleague").value }) },
    "pass-on": {
      fill: organisations,
      answer: () => ({ organisation: at("organisation").value, comment: at("comment").value.trim() }),
    },
    snooze: { fill: moments, answer: () => ({ until: new Date(until()).toISOString() }) },
    close: { fill() {}, answer: () => ({ outcome: at("outcome").value }) },
  };

  function colleagues() {
    const options = opened.known().colleagues.map(({ id, name, absent }) => new Option(absent ? `${name} (absent)` : name, id));
    at("colleague").replaceChildren(blank(), ...options);
  }

  async function organisations() {
    at("organisation").replaceChildren(blank());
    const { status, body } = await api.organisations();
    if (status !== 200) return say("pass-on", "La liste des services n’a pas pu être lue. Fermez et réessayez.");
    const groups = new Map();
    body.forEach(({ id, name, authority }) => {
      if (!groups.has(authority)) groups.set(authority, group(authority));
      groups.get(authority).append(new Option(name, id));
    });
    at("organisation").append(...groups.values());
    return undefined;
  }

  function moments() {
    const now = Date.now();
    const choices = laterThan(now).map(({ label, until: when }) => radio(String(when), label));
    at("moments").replaceChildren(...choices, radio(OTHER_DAY, "Un autre jour, à 8 h 30"));
    at("moments").querySelector("input").checked = true;
    at("other-day").min = dayOf(now + 24 * 3600 * 1000);
    at("other-day").value = "";
    dated();
  }

  const moment = () => at("moments").querySelector("input:checked").value;
  const until = () => (moment() === OTHER_DAY ? morning(at("other-day").value) : Number(moment()));

  function dated() {
    const other = moment() === OTHER_DAY;
    at("other-day").required = other;
    at("other-day-field").hidden = !other;
  }

  const dialog = (name) => at(`${name}-dialog`);
  const say = (name, text) => {
    dialog(name).querySelector(".notice").textContent = text;
  };

  async function submit(name, event) {
    event.preventDefault();
    const { done, changed, say: refusal } = await opened.act(name, asking[name].answer());
    // What somebody else did first is told on the page, which shows the request as it is.
    if (done || changed) shut(name);
    else say(name, refusal);
  }

  function shut(name) {
    dialog(name).close();
    // The button that opened it may be gone with the action, and the request with it: the focus then stays where it was.
    const { activeElement } = document;
    if (activeElement !== document.body && !dialog(name).contains(activeElement)) return;
    at(at("request").hidden ? "queue-title" : "request-title").focus();
  }

  Object.keys(asking).forEach((name) => {
    dialog(name).querySelector("form").addEventListener("submit", (event) => submit(name, event));
    dialog(name).querySelector("[data-shut]").addEventListener("click", () => shut(name));
  });
  at("moments").addEventListener("change", dated);
  at("outcome").append(blank(), ...OUTCOMES.map(([value, label]) => new Option(label, value)));

  return {
    press(name) {
      if (!opened.actions().includes(name)) return;
      if (!asking[name]) {
        opened.act(name);
        return;
      }
      say(name, "");
      dialog(name).querySelector("form").reset();
      asking[name].fill();
      dialog(name).showModal();
    },
  };
}

function blank() {
  return new Option("Choisissez", "");
}

function group(label) {
  const made = make("optgroup");
  made.label = label;
  return made;
}

function radio(value, text) {
  const label = make("label", "check");
  const input = make("input");
  Object.assign(input, { type: "radio", name: "moment", value });
  label.append(input, make("span", "", text));
  return label;
}

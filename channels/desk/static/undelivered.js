// SMS that did not arrive: to whom, why in words, and once more where that may still help.

import { make } from "/static/text.js";

import { meaning } from "./answers.js";
import { moment } from "./moments.js";
import { cell, labelled } from "./people-table.js";

const NOBODY = "Personne non identifiée";
// Another answer may be another one next time; these will not.
const FINAL = [404, 409];

/** Whom it was for, as far as is known: `{name, person}`; without a file, `person` is null. */
export function whom({ name, person }) {
  return { name: name || NOBODY, person: person ? { id: person, name } : null };
}

/** What a sending came to: `{ended, final, label, say, done}`; `final`, it is not to be tried again from here. */
export function outcome(answer, { name }) {
  const { done, ended, say } = meaning(answer);
  const final = done || FINAL.includes(answer.status);
  const sent = name ? `Le SMS repart vers ${name}.` : "Le SMS repart.";
  return { done, ended, final, label: done ? "Renvoyé" : "Refusé", say: done ? sent : say };
}

/**
 * The section of what was lost, hidden while nothing is; `places` are `{section, table, body, said}`.
 * `open(person)` when a name is pressed; `ended()` leads to where one signs in.
 */
export function createUndelivered({ api, places, open, ended }) {
  const { section, table, body, said } = places;
  let pressed = null;

  function tell(text, done = false) {
    said.textContent = text;
    said.classList.toggle("done", done);
  }

  function row(lost) {
    const line = cell("tr", "row");
    const cells = [
      { label: "Message", text: lost.kind },
      { label: "Écrit le", text: moment(lost.at) },
      { label: "Pourquoi", text: lost.why },
    ];
    line.append(head(lost), ...cells.map(labelled), act(lost));
    return line;
  }

  function head(lost) {
    const { name, person } = whom(lost);
    const made = cell("th", "rowheader", person ? undefined : name);
    made.scope = "row";
    if (person) made.append(press("name", name, (event) => reach(person, event.currentTarget)));
    if (lost.escalation) made.append(request(lost));
    return made;
  }

  function reach(person, button) {
    pressed = button;
    open(person);
  }

  function act(lost) {
    if (lost.kept) return cell("td", "cell", lost.kept);
    const held = cell("td", "cell");
    const label = make("span", "", "Renvoyer");
    const told = make("p", "hint");
    const button = press("quiet", "", () => resend(lost, { button, label, told }));
    button.append(label, make("span", "unseen", ` : ${named(lost)}`));
    held.append(button, told);
    return held;
  }

  /** One click, one sending: until it is known what came of it, and for good once it is certain. */
  async function resend(lost, { button, label, told }) {
    if (button.getAttribute("aria-disabled") === "true") return;
    // Not `disabled`: Chromium throws the focus of a disabled button back to the body.
    button.setAttribute("aria-disabled", "true");
    tell("");
    const result = outcome(await api.call(`/sms/${lost.id}/resend`, { method: "POST" }), lost);
    if (result.ended) return ended();
    if (result.final) label.textContent = result.label;
    button.setAttribute("aria-disabled", String(result.final));
    // In a long list what is said aloud stands far above.
    told.textContent = result.done ? "" : result.say;
    return tell(result.say, result.done);
  }

  return {
    async read() {
      const answer = await api.call("/sms/dead");
      const result = meaning(answer);
      if (result.ended) return ended();
      const all = result.done ? answer.body : [];
      body.replaceChildren(...all.map(row));
      table.hidden = !all.length;
      // Not to know is not to have none: then the section is there to say so.
      section.hidden = result.done && !all.length;
      return tell(result.say);
    },
    /** Back to the name that opened the person beside. */
    focus() {
      pressed.focus();
    },
  };
}

function named(lost) {
  return [whom(lost).name, lost.kind, moment(lost.at)].join(", ");
}

function request(lost) {
  const line = make("div", "hint");
  const link = make("a", "", "Voir la demande");
  link.href = `/#request=${lost.escalation}`;
  link.append(make("span", "unseen", ` : ${named(lost)}`));
  line.append(link);
  return line;
}

function press(className, text, act) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

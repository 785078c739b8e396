// Copies of a conversation: asked for with a reason, agreed to by somebody else, then taken by who asked.

import { make } from "/static/text.js";

import { meaning } from "./answers.js";
import { moment } from "./moments.js";

const ASKED = "La demande de copie est partie. Une autre personne de l’équipe doit donner son accord.";

/**
 * Draws into `host` the copies that one may agree to or take, and asks for one in a dialog of its own.
 * `say(text)` tells what was done; `ended()` leads to where one signs in.
 */
export function createTranscripts({ api, host, say, ended }) {
  const { dialog, why, notice, form } = question();
  document.body.append(dialog);
  let escalation = null;

  function told(answer, place) {
    const result = meaning(answer);
    if (result.ended) ended();
    if (place) place.textContent = result.say;
    else if (result.say) say(result.say);
    return result.done;
  }

  async function refresh() {
    const answer = await api.call("/transcripts");
    // Whoever may not read them has none: nothing is to be said of it.
    if (answer.status === 200) host.replaceChildren(...listed(answer.body, agree));
  }

  async function agree({ id }) {
    if (told(await api.call(`/transcripts/${id}/approve`, { method: "POST", body: {} }))) say("Votre accord est donné.");
    await refresh();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { why: why.value.trim() };
    if (!told(await api.call(`/escalations/${escalation}/transcript`, { method: "POST", body }), notice)) return;
    dialog.close();
    say(ASKED);
    await refresh();
  });

  return {
    refresh,
    /** Asks why, for the conversation of this request. */
    ask(id) {
      escalation = id;
      form.reset();
      notice.textContent = "";
      dialog.showModal();
    },
  };
}

/** The list of what is pending; nothing at all when nothing is. `agree(one)` gives the second person's agreement. */
export function listed(pending, agree) {
  if (!pending.length) return [];
  const list = make("ul", "copies");
  // A long list scrolls: the keyboard must be able to.
  Object.assign(list, { tabIndex: 0, ariaLabel: "Copies de conversations" });
  list.append(...pending.map((one) => entry(one, agree)));
  return [make("h3", "", "Copies de conversations"), list];
}

/** "Demandée par Ronan Le Gall, 2 déc., 14:05. Motif : …" */
export function words({ line, asked_by: by, asked_at: when, why, approved_by: approver, can_approve: mayAgree }) {
  const asked = `« ${line} » : copie demandée par ${by}, ${moment(when)}. Motif : ${why}`;
  if (approver) return `${asked} — accord de ${approver}`;
  return mayAgree ? asked : `${asked} — une autre personne doit donner son accord`;
}

function entry(one, agree) {
  const item = make("li");
  item.append(make("p", "", words(one)));
  if (one.can_approve) item.append(button(one, agree));
  if (one.can_take) item.append(link(one));
  return item;
}

function button(one, agree) {
  const made = make("button", "quiet", "Donner mon accord");
  made.type = "button";
  made.append(make("span", "unseen", ` : ${one.line}`));
  made.addEventListener("click", () => agree(one));
  return made;
}

function link({ id, line }) {
  const made = make("a", "", "Enregistrer la copie");
  made.href = `/desk/transcripts/${id}`;
  made.download = "conversation.txt";
  made.append(make("span", "unseen", ` : ${line}`));
  return made;
}

function question() {
  const dialog = make("dialog");
  const title = make("h2", "", "Demander une copie de la conversation");
  const form = make("form");
  const notice = make("p", "notice");
  const label = make("label", "", "À quoi sert-elle ?");
  const why = make("textarea");
  const hint = make("p", "hint", "Une autre personne donne son accord. La copie ne sert ni au contrôle ni à la sanction.");
  const row = make("div", "row");
  const send = make("button", "strong-button", "Demander");
  const back = make("button", "", "Annuler");
  title.id = "copy-title";
  dialog.id = "copy-dialog";
  dialog.setAttribute("aria-labelledby", title.id);
  notice.setAttribute("role", "alert");
  label.htmlFor = why.id = "copy-why";
  Object.assign(why, { rows: 3, maxLength: 1000, required: true });
  back.type = "button";
  back.addEventListener("click", () => dialog.close());
  row.append(send, back);
  form.append(label, why, hint, notice, row);
  dialog.append(title, form);
  return { dialog, why, notice, form };
}

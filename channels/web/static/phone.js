// The simulated telephone: the SMS of one number, as its owner would see them.

import { createAnnouncer } from "./announcer.js";
import { partsOfSms } from "./links.js";
import { international, national } from "./numbers.js";
import { fill, fillWith, make } from "./text.js";

const EVERY = 2000;
const clock = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });

const says = {
  wrong: "Ce numéro n’est pas un numéro français à dix chiffres.",
  choose: "Choisissez d’abord un numéro.",
  empty: "Aucun SMS pour ce numéro.",
  inUse: (number) => `Ce téléphone est le ${national(number)}.`,
  unreachable: "Le téléphone simulé ne répond pas. Nouvel essai dans deux secondes.",
  unsent: "Le SMS n’est pas parti. Son texte est resté dans le champ.",
};

/** `find(id)` finds the parts of the panel; `used(number)` is told each number that it becomes. Returns `{use(number)}`. */
export function createPhone(find, used) {
  const announcer = createAnnouncer(find("phone-announcements"));
  const status = find("phone-status");
  const list = find("phone-messages");
  let number = null;
  let drawn = 0;

  const address = () => `/demo/phones/${encodeURIComponent(number)}/messages`;
  const say = (text) => status.textContent !== text && (status.textContent = text);

  function use(typed) {
    const chosen = international(typed);
    if (!chosen) return say(says.wrong);
    if (chosen !== number) empty();
    number = chosen;
    used(number);
    find("phone-number").value = national(number);
    say(says.inUse(number));
    return refresh(true);
  }

  function empty() {
    drawn = 0;
    list.textContent = "";
  }

  /** `first`: the messages were there before, and are not read aloud. */
  async function refresh(first) {
    const asked = number;
    try {
      const response = await fetch(address(), { cache: "no-store" });
      const messages = response.ok ? await response.json() : [];
      if (asked !== number) return;
      say(response.ok ? says.inUse(number) : says.unreachable);
      show(messages, first === true);
    } catch (unreachable) {
      say(says.unreachable);
    }
  }

  function show(messages, first) {
    // Fewer than before: the demonstration was started anew.
    if (messages.length < drawn) empty();
    const fresh = messages.slice(drawn);
    find("phone-empty").hidden = messages.length > 0;
    find("phone-empty").textContent = says.empty;
    fresh.forEach((message) => {
      list.append(sms(message));
      if (!first && message.direction === "out") announcer.say(`SMS de Hent : ${message.text}`);
    });
    drawn += fresh.length;
    // The last one from its beginning: a long one, a code among them, begins above what its end would show.
    if (fresh.length) find("phone-screen").scrollTop = list.lastElementChild.offsetTop - list.offsetTop;
  }

  async function send(event) {
    event.preventDefault();
    const field = find("phone-field");
    if (!number) return say(says.choose);
    if (!field.value.trim()) return field.focus();
    try {
      const response = await fetch(address(), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text: field.value }),
      });
      if (!response.ok) return say(says.unsent);
      field.value = "";
    } catch (unreachable) {
      return say(says.unsent);
    }
    return refresh();
  }

  find("phone-form").addEventListener("submit", send);
  find("phone-number-form").addEventListener("submit", (event) => {
    event.preventDefault();
    use(find("phone-number").value);
  });
  setInterval(() => number && !document.hidden && refresh(), EVERY);
  return { use };
}

function sms({ direction, text, created_at: at }) {
  const row = make("li", "message");
  row.dataset.direction = direction;
  const author = make("p", "author", direction === "out" ? "Hent" : "Vous, par SMS");
  const time = make("time", "time", clock.format(new Date(at)));
  time.dateTime = at;
  author.append(" ", time);
  const body = Object.assign(make("p", "text"), { dir: "auto" });
  row.append(author, direction === "out" ? fillWith(body, partsOfSms(text, window.location.origin)) : fill(body, text, "person"));
  // A link of an SMS opens on the telephone, not in the page where the conversation began.
  body.querySelectorAll('a[href^="http"]').forEach((link) => Object.assign(link, { target: "_blank", rel: "noopener" }));
  return row;
}

// What the conversation asks of the page: the one place that turns its news into what is seen and heard.

import { isAsking } from "./human.js";
import { inLanguageOf } from "./language.js";
import { fill, make } from "./text.js";
import { words } from "./words.js";

// Of a hundred that were missed, one after the other read aloud, nobody would hear the end.
const READ_AT_ONCE = 5;

/** `parts` are the page's parts, made in chat.js; `restart()` begins a new conversation, `told(count)` hears of arrivals. */
export function createView(parts) {
  const { find, announcer, composer, follower, transcript, link, restart, told } = parts;
  const notice = find("notice");
  const mode = find("mode");
  let drawn = false;
  let away = false;

  function draw(state) {
    // Measured before drawing: what is about to come pushes the end out of sight by itself.
    away = drawn && !follower.isAtEnd();
    const empty = state.messages.length + state.pending.length === 0;
    transcript.draw(state);
    parts.typing.show(state.due, state.messages.length);
    const answers = state.mode === "caseworker" && state.who ? words.answering(state.who) : words.modes[state.mode];
    if (mode.textContent !== answers) mode.textContent = answers;
    parts.helpful.show(state.judged && transcript.row(state.judged), state.judged);
    parts.human.show(state, isAsking(state));
    find("back").hidden = state.mode !== "waiting";
    find("starters").hidden = !empty;
    parts.secrecy.show(state);
    parts.eraser.offer(!empty);
    parts.renewer.offer(!empty);
    // What is still on its way is not on the server yet.
    parts.saver.offer(state.messages.length > 0);
    // The first drawing is the thread as it was left: it opens on its end, like a letter-box on the last letter.
    if (!away && !empty) follower.toEnd();
    drawn = !empty;
  }

  function arrived(messages) {
    told(messages.length);
    if (!messages.length) return;
    const row = transcript.row(messages[0].seq);
    if (away) follower.missed(messages.length, row);
    else follower.reveal(row);
    if (messages.length > READ_AT_ONCE) return announcer.say(`${words.arrived(messages.length)}.`);
    messages.forEach((message) => {
      const choices = message.choices || [];
      const offer = choices.length ? ` ${words.offered(choices.length)}` : "";
      const beside = message.cards ? ` ${words.card.beside(message.cards)}` : "";
      const text = inLanguageOf(message, make("span", "", message.text));
      announcer.say(`${words.authors[message.author] || words.authors.system} : `, text, beside, offer);
    });
  }

  function say(text) {
    if (notice.textContent !== text) fill(notice, text, "system");
  }

  /** Texts come back to the field, save those of buttons: a button's words mean nothing outside their question. */
  function giveBack(items) {
    const texts = items.filter((item) => !item.choice).map((item) => item.text);
    if (texts.length) composer.restore(texts.join("\n"));
  }

  return {
    draw,
    arrived,
    say,
    link: link.is,
    failed: (text) => say(text || words.unsent),
    refused(item, text) {
      giveBack([item]);
      say(text);
    },
    gone(items) {
      restart();
      giveBack(items);
      say(words.expired);
    },
    /** Another conversation begins at the person's wish: `text` says so, `items` had not left yet. */
    renewed(text, items) {
      restart();
      giveBack(items);
      say("");
      announcer.say(text);
      composer.focusQuietly();
    },
  };
}

// "Écouter": an answer read by the device's own voice, when the person asks for it and never otherwise.
// A voice that is not the device's sends what it reads to whoever made it: only local ones are used.

import { linkedParts } from "./links.js";
import { make } from "./text.js";
import { words } from "./words.js";

const FRENCH = "fr-FR";
const MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
const DAY = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;
const HOUR = /\b(\d{1,2})\sh(?:\s(\d{2}))?(?![a-zà-ÿ])/gi;

/** Buttons in `list`, which stops what is read when it is emptied. Without a voice there is no button. */
export function createAloud(list, speech = window.speechSynthesis, Utterance = window.SpeechSynthesisUtterance) {
  let playing = null;

  const near = (lang) => lang.slice(0, 2).toLowerCase();
  const voices = () => (speech && Utterance ? speech.getVoices().filter((voice) => voice.localService) : []);
  const voice = (lang) => voices().find((one) => near(one.lang) === near(lang));

  function name(button, text) {
    button.firstChild.textContent = text;
  }

  function stop() {
    if (playing) name(playing, words.aloud.listen);
    playing = null;
    if (speech) speech.cancel();
  }

  function play(button, message) {
    const lang = message.lang || FRENCH;
    stop();
    playing = button;
    name(button, words.aloud.stop);
    const parts = message.lang ? [message.text] : phrases(message.text);
    parts.forEach((text, index) => {
      const said = Object.assign(new Utterance(text), { lang, voice: voice(lang) });
      if (index === parts.length - 1) said.onend = () => playing === button && stop();
      said.onerror = () => playing === button && stop();
      speech.speak(said);
    });
  }

  /** Voices are known a moment after the page, on most devices. */
  function refresh() {
    list.querySelectorAll(".listen").forEach((button) => {
      button.hidden = !voice(button.dataset.speaks);
    });
  }

  if (speech) speech.onvoiceschanged = refresh;
  window.addEventListener("pagehide", stop);

  return {
    stop,
    /** A button that reads this message of ours. */
    button(message) {
      const button = make("button", "listen");
      button.type = "button";
      button.dataset.speaks = message.lang || FRENCH;
      button.hidden = !voice(button.dataset.speaks);
      button.append(make("span", "", words.aloud.listen), make("span", "unseen", ` ${words.aloud.which}`));
      button.addEventListener("click", () => (playing === button ? stop() : play(button, message)));
      return button;
    },
  };
}

/** A French text as a voice should say it, a sentence at a time: one long breath is cut off by some devices. */
export function phrases(text) {
  const said = linkedParts(text, "assistant").map((part) => (part.href ? inPairs(part.text) : part.text));
  return said
    .join("")
    .replace(DAY, (all, day, month, year) => (MONTHS[month - 1] ? `${Number(day)} ${MONTHS[month - 1]} ${year}` : all))
    .replace(HOUR, (all, hour, minutes) => [hour, Number(hour) > 1 ? "heures" : "heure", minutes].filter(Boolean).join(" "))
    .replace(/([.!?])\s+/g, "$1\n")
    .split(/\n+/)
    .filter((sentence) => /[\wà-ÿ]/i.test(sentence));
}

/** "02 61 91 00 01" is said two digits at a time, and so is "3949"; "115" as it is. */
function inPairs(number) {
  const digits = number.replace(/[^\d+]/g, "").replace(/^\+33/, "0");
  return digits.length % 2 ? digits : digits.replace(/(\d\d)(?=\d)/g, "$1, ");
}

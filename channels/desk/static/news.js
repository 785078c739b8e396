// What came while one looks elsewhere: a line read aloud, and only if asked a notification or a sound.

import { createSound } from "./sound.js";

const TITLE = document.title;
const SETTING = "hent-desk-alerts";
const SOUNDS = ["urgent", "all", "none"];

/** `say` reads aloud. No notification is shown before somebody asks for them. */
export function createNews({ say, places, sound = createSound() }) {
  const { sounds, notify, state, test } = places;
  const wanted = Object.assign({ sound: SOUNDS[0], notify: false }, stored());

  const allowed = () => "Notification" in window && Notification.permission === "granted";

  function draw() {
    sounds.value = wanted.sound;
    notify.checked = wanted.notify && allowed();
    notify.disabled = !("Notification" in window);
    state.textContent =
      "Notification" in window && Notification.permission === "denied" ? "Votre navigateur les refuse pour ce site." : "";
  }

  function keep() {
    localStorage.setItem(SETTING, JSON.stringify(wanted));
    draw();
  }

  sounds.addEventListener("change", () => {
    wanted.sound = sounds.value;
    keep();
  });
  notify.addEventListener("change", async () => {
    wanted.notify = notify.checked && (await Notification.requestPermission()) === "granted";
    keep();
  });
  test.addEventListener("click", () => sound.ring());
  draw();

  return {
    /** `text` names nobody: it may stand on a screen that others see. */
    tell(text) {
      say(text);
      if (wanted.sound === "all") sound.ring();
      if (wanted.notify && allowed() && document.hidden) notice(text);
    },
    /** One sound for what is urgent. */
    alarm() {
      if (wanted.sound !== "none") sound.alarm();
    },
    count(count) {
      document.title = count ? `(${count}) ${TITLE}` : TITLE;
    },
  };
}

function notice(text) {
  const shown = new Notification("Hent, bureau", { body: text, tag: "hent" });
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(SETTING));
  } catch (refused) {
    return null;
  }
}

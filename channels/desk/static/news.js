// What came while one looks elsewhere: a line read aloud, a count, and only if asked a notification or a sound.

const TITLE = document.title;
const CALM = 0.05;

/** `say` reads aloud. Nothing is heard or shown outside the page before a click on a button that asks for it. */
export function createNews({ say, notify, sound }) {
  let audio = null;
  let shown = false;

  function show() {
    sound.textContent = audio ? "Couper le son" : "Activer le son";
    notify.textContent = shown ? "Arrêter les notifications" : "Activer les notifications";
    notify.hidden = !("Notification" in window);
  }

  sound.addEventListener("click", () => {
    if (audio) audio.close();
    audio = audio ? null : new AudioContext();
    show();
  });
  notify.addEventListener("click", async () => {
    shown = !shown && (await Notification.requestPermission()) === "granted";
    show();
  });
  show();

  return {
    /** `text` names nobody: it may stand on a screen that others see. */
    tell(text, count) {
      document.title = count ? `(${count}) ${TITLE}` : TITLE;
      say(text);
      if (audio) ring(audio);
      if (shown && document.hidden) new Notification("Hent, bureau", { body: text, tag: "hent" });
    },
    count(count) {
      document.title = count ? `(${count}) ${TITLE}` : TITLE;
    },
  };
}

function ring(audio) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = CALM;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.15);
}

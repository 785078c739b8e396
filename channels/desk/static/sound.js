// Two sounds, made here: one note for what came, three for what is urgent.

const CALM = 0.05;
const CLEAR = 0.12;

/** Browsers let a page sound only once somebody has touched it or pressed a key: until then it is silent. */
export function createSound() {
  let audio = null;

  function wake() {
    audio = audio || new AudioContext();
    if (audio.state === "suspended") audio.resume();
  }

  ["pointerdown", "keydown"].forEach((touch) => document.addEventListener(touch, wake, { once: true }));

  function note(after, pitch, loudness) {
    if (!audio) return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.value = loudness;
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.15);
  }

  return {
    ring: () => note(0, 440, CALM),
    alarm: () => [0, 0.2, 0.4].forEach((after) => note(after, 660, CLEAR)),
  };
}

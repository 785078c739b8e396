// The banner of what is urgent and that nobody has taken yet: it stays on every screen until somebody does.

import { createAlarm } from "./alarm.js";
import { waited } from "./moments.js";

/** `open(item)` shows the request; `ring()` makes one sound. */
export function createUrgent({ places, open, ring }) {
  const { banner, text, show, silence } = places;
  const alarm = createAlarm({ ring });
  let items = [];
  let said = "";

  function draw() {
    const [first] = items;
    banner.hidden = !first;
    // Written only when it changes: an alert is read aloud each time.
    const now = first ? words(items, Date.now()) : "";
    if (now !== said) text.textContent = now;
    said = now;
    silence.hidden = !first || alarm.silenced(first.id);
  }

  show.addEventListener("click", () => open(items[0]));
  silence.addEventListener("click", () => {
    alarm.silence(items[0].id);
    draw();
    show.focus();
  });

  return {
    /** All urgent requests that nobody has; the one that has waited longest first. */
    tell(untaken) {
      items = untaken.slice().sort((one, other) => Date.parse(one.since) - Date.parse(other.since));
      alarm.waiting(items.map(({ id }) => id));
      draw();
    },
    knows: (id) => items.some((item) => item.id === id),
  };
}

/** "Urgent : Soazig Kermarrec, depuis 2 min. Personne ne s’en occupe. 1 autre attend aussi." */
export function words([first, ...others], now) {
  const more = others.length > 1 ? ` ${others.length} autres attendent aussi.` : " 1 autre attend aussi.";
  const who = first.person || "personne non identifiée";
  return `Urgent : ${who}, ${waited(first.since, now)}. Personne ne s’en occupe.${others.length ? more : ""}`;
}

// Reads arrivals aloud, apart from the transcript: a live transcript would be read again from the top by some readers.

// NVDA drops an announcement made while the focus moves; a quarter of a second lets it settle.
const SETTLE = 250;
// Shorter, and TalkBack loses it; kept, and some readers read it again at the next one.
const REMOVE = 1000;

/** `say(…parts)` puts texts and elements in `region` (aria-live, always in the page) and takes them out again. */
export function createAnnouncer(region, after = (action, delay) => setTimeout(action, delay)) {
  return {
    say(...parts) {
      after(() => {
        const line = document.createElement("p");
        line.append(...parts);
        region.append(line);
        after(() => line.remove(), REMOVE);
      }, SETTLE);
    },
  };
}

// An urgent request that nobody has taken rings again and again, until somebody takes it or this desk silences it.

const EVERY = 10000;

/** `ring()` makes one sound; `timer` is `{set(action, milliseconds), clear(handle)}`. */
export function createAlarm({ ring, timer = { set: (...args) => setInterval(...args), clear: (one) => clearInterval(one) } }) {
  const silenced = new Set();
  let waiting = [];
  let ringing = null;

  function settle() {
    const loud = waiting.some((id) => !silenced.has(id));
    if (loud && ringing === null) {
      ring();
      ringing = timer.set(ring, EVERY);
    } else if (!loud && ringing !== null) {
      timer.clear(ringing);
      ringing = null;
    }
  }

  return {
    /** The ids of all that are urgent and that nobody has, now. */
    waiting(ids) {
      waiting = ids;
      // Taken and given back, it rings again.
      silenced.forEach((id) => ids.includes(id) || silenced.delete(id));
      settle();
    },
    silence(id) {
      silenced.add(id);
      settle();
    },
    silenced: (id) => silenced.has(id),
  };
}

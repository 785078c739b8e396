// Waiting between two tries. Jitter, so that the telephones of a whole town do not come back in the same second.

const FIRST = 1000;
const LONGEST = 30000;

/** Milliseconds before try number `attempt` (1, 2, 3…): between half and all of 1 s, 2 s, 4 s… 30 s. */
export function delay(attempt, random = Math.random) {
  const whole = Math.min(LONGEST, FIRST * Math.pow(2, attempt - 1));
  return whole / 2 + (random() * whole) / 2;
}

/** A sleep that `wake()` cuts short: the network is back, or the person asks to try again. */
export function createRest() {
  let ring = () => {};

  function sleep(milliseconds) {
    return new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      ring = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  return { sleep, wake: () => ring() };
}

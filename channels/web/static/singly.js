// One at a time: whoever asks while it is being done gets the same answer.

/** `task` as a function that is never run twice at once. */
export function singly(task) {
  let running = null;
  return () => {
    running = running || task().finally(() => (running = null));
    return running;
  };
}

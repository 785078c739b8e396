// The messages of one conversation, each once, in the order of their numbers.

/**
 * `read(after)` resolves to the messages past a number, or null when nobody answered. One that is not `settled` may
 * still change (hidden words come to light, an answer is seen): it is read again until it is.
 */
export function createLog(read) {
  let messages = [];
  let reading = null;
  let asked = false;

  const last = () => (messages.length ? messages[messages.length - 1].seq : 0);

  function settled() {
    const first = messages.find((message) => message.settled === false);
    return first ? first.seq - 1 : last();
  }

  /** Keeps `list`, each message as it was read last; returns what is new of it. */
  function add(list) {
    const known = new Map(messages.map((message) => [message.seq, message]));
    const added = list.filter((message) => !known.has(message.seq));
    list.forEach((message) => known.set(message.seq, message));
    messages = [...known.values()].sort((one, other) => one.seq - other.seq);
    return added;
  }

  async function readToEnd() {
    const added = [];
    while (asked) {
      asked = false;
      const list = await read(settled());
      if (list) added.push(...add(list));
    }
    return added;
  }

  return {
    last,
    all: () => messages,
    /** Everything past the last number known, and what may have changed; one read at a time, and one more if asked meanwhile. */
    catchUp() {
      asked = true;
      if (!reading) {
        reading = readToEnd().finally(() => {
          reading = null;
        });
      }
      return reading;
    },
  };
}

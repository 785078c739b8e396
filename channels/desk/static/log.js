// The messages of one conversation, each once, in the order of their numbers.

/** `read(after)` resolves to the messages past a number, or null when nobody answered. */
export function createLog(read) {
  let messages = [];
  let reading = null;
  let asked = false;

  const last = () => (messages.length ? messages[messages.length - 1].seq : 0);

  /** Keeps what is new of `list`; returns that. */
  function add(list) {
    const known = new Set(messages.map((message) => message.seq));
    const added = list.filter((message) => !known.has(message.seq));
    messages = messages.concat(added).sort((one, other) => one.seq - other.seq);
    return added;
  }

  async function readToEnd() {
    const added = [];
    while (asked) {
      asked = false;
      const list = await read(last());
      if (list) added.push(...add(list));
    }
    return added;
  }

  return {
    last,
    all: () => messages,
    /** Everything past the last number known; one read at a time, and one more if asked meanwhile. */
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

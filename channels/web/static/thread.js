// The messages of one conversation as the server numbers them, and what follows from them. No page, no network.

const bySeq = (one, other) => one.seq - other.seq;

/** An ordered thread without doubles. */
export function createThread() {
  let messages = [];

  /** Adds what is new in `batch` and returns it, in order of seq; what is hidden or shown since takes its place. */
  function take(batch) {
    const known = new Set(messages.map((message) => message.seq));
    const fresh = new Map(batch.map((message) => [message.seq, message]));
    messages = messages.map((old) => {
      const now = fresh.get(old.seq);
      return now && Boolean(now.hidden) !== Boolean(old.hidden) ? now : old;
    });
    const added = batch.filter((message) => !known.has(message.seq) && known.add(message.seq)).sort(bySeq);
    if (added.length) messages = messages.concat(added).sort(bySeq);
    return added;
  }

  const last = () => (messages.length ? messages[messages.length - 1].seq : 0);

  return {
    take,
    last,
    all: () => messages,
    /** Whether the thread has come to `seq`: its message is here, or was erased. */
    reached: (seq) => seq <= last(),
    /** Drops what came before `first`, which was erased. Returns whether there was anything. */
    forget(first) {
      const kept = messages.filter((message) => !(message.seq < first));
      const some = kept.length < messages.length;
      messages = kept;
      return some;
    },
    // A pushed message may only follow the one we have. A read is the truth and may jump.
    follows: (message) => message.seq <= last() + 1,
  };
}

/**
 * What follows from the messages, and from those still on their way (`unsent`: some have not even left), for the page:
 * `{due, offer, judged, chosen}`.
 */
export function follows(messages, pending, mode, unsent) {
  const writing = unsent || pending.length > 0;
  return {
    due: answerDue(messages, mode, pending.some((item) => item.state === "sent")),
    offer: openOffer(messages, writing),
    judged: lastAnswer(messages, mode, writing),
    // Marked at the press: an answer may take long, and three dead buttons do not say which was used.
    chosen: chosenTitles(messages.concat(pending.map(({ text }) => ({ author: "person", text })))),
  };
}

/** The seq of the message whose choices can still be used, or null: the latest offer, until the person writes. */
export function openOffer(messages, writing) {
  if (writing) return null;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    if (messages[index].author === "person") return null;
    if (hasChoices(messages[index])) return messages[index].seq;
  }
  return null;
}

/** The titles chosen, by seq of the message that offered them. */
export function chosenTitles(messages) {
  const chosen = new Map();
  let offer = null;
  messages.forEach((message) => {
    if (hasChoices(message)) offer = message;
    if (message.author !== "person" || !offer) return;
    if (offer.choices.some((choice) => choice.title === message.text)) chosen.set(offer.seq, message.text);
    offer = null;
  });
  return chosen;
}

/** The seq of the answer of which the person may say if it helped, or null: the last thing said, and nobody writes. */
export function lastAnswer(messages, mode, writing) {
  const last = messages[messages.length - 1];
  return last && last.answers && mode === "assistant" && !writing ? last.seq : null;
}

/** Whether the assistant owes an answer; `sent` says that the server holds a message not yet in the thread. */
export function answerDue(messages, mode, sent) {
  if (mode !== "assistant") return false;
  return sent || (messages.length > 0 && messages[messages.length - 1].author === "person");
}

function hasChoices(message) {
  return Boolean(message.choices && message.choices.length);
}

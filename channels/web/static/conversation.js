// One conversation, from the first message to its end: joins what is sent, what is received and what is remembered.

import { uuid } from "./identifiers.js";
import { createMarks } from "./marks.js";
import { createOpinions } from "./opinions.js";
import { createOutbox } from "./outbox.js";
import { createReceiver } from "./receiver.js";
import { createSender } from "./sender.js";
import { singly } from "./singly.js";
import { createThread, follows } from "./thread.js";
import { words } from "./words.js";

const told = (answer) => answer.body && answer.body.message;

/**
 * `view` is `{draw(state), arrived(messages), say(text), failed(text), refused(item, text), gone(items), link(up, told)}`;
 * state is `{messages, pending, mode, who, known, due, offer, judged, chosen}`, who being the first name of the caseworker
 * who answers, known whether it is known who reads, and the rest as from `follows`. `visible()`: somebody looks at the page.
 */
export function createConversation({ transport, store, view, visible }) {
  const life = new AbortController();
  const signal = life.signal;
  const thread = createThread();
  const outbox = createOutbox(store.read("outbox"), (items) => store.write("outbox", items));
  let token = store.read("token");
  let standing = { mode: "assistant", who: null, known: false };
  let resumed = Boolean(token);
  let receiver = null;
  let introduced = null;
  const marks = createMarks({ tell: async (seq) => (await transport.mark(token, seq)).status === 204, visible });

  function draw() {
    const [messages, pending] = [thread.all(), outbox.visible()];
    const unsent = outbox.unsent().length > 0;
    view.draw({ messages, pending, ...standing, ...follows(messages, pending, standing.mode, unsent) });
    if (!signal.aborted) marks.drawn(thread.last());
  }

  function receive(batch) {
    const added = thread.take(batch);
    outbox.settle(added, thread.reached);
    draw();
    // What was read before the reload is not read aloud again. It comes by the hundred, and ends with an empty page.
    if (!resumed) view.arrived(added.filter((message) => message.author !== "person"));
    resumed = resumed && batch.length > 0;
  }

  function leave(items) {
    if (signal.aborted) return;
    end();
    view.gone(items);
  }

  function end() {
    life.abort();
    store.clear();
  }

  // A link and a message that is written meanwhile open one conversation.
  const open = singly(async () => {
    const answer = await transport.open(signal);
    if (answer.status === 201 && !signal.aborted) {
      token = answer.body.token;
      store.write("token", token);
      listen();
    }
    return answer;
  });

  function listen() {
    const on = {
      messages: receive,
      mode(mode, who = null, known = false) {
        if (mode === standing.mode && who === standing.who && known === standing.known) return;
        standing = { mode, who, known };
        draw();
      },
      first(seq) {
        if (thread.forget(seq)) draw();
      },
      gone: () => leave(outbox.unsent()),
      link: view.link,
    };
    receiver = createReceiver({ transport, token, thread, on, signal });
    receiver.run();
  }

  async function introduce(link) {
    if (!token) await open();
    const answer = await transport.redeem(token, link, signal);
    if (!signal.aborted) view.say(answer.status === 204 ? words.recognised : told(answer) || words.linkUnread);
  }

  const sender = createSender({
    transport,
    outbox,
    session: { token: () => token, open },
    on: {
      change() {
        outbox.settle([], thread.reached);
        draw();
      },
      say: view.say,
      failed: view.failed,
      refused: view.refused,
      link: view.link,
      gone: leave,
    },
    signal,
  });

  return {
    ...createOpinions({ transport, token: () => token, store, signal }),
    resume() {
      if (token) listen();
      if (outbox.head()) sender.flush();
      draw();
    },
    /** `choice` is `{title, value}` when a button was used, its title being `text`. */
    write(text, choice) {
      outbox.add({ id: uuid(), text, choice: choice ? choice.value : undefined });
      draw();
      // What is written while a link is read is answered to whom it names.
      if (!introduced) sender.nudge();
    },
    /** Says who is speaking by a personal link; the answer comes as a sentence for the person. */
    redeem(link) {
      introduced = introduce(link).finally(() => {
        introduced = null;
        if (outbox.head()) sender.nudge();
      });
      return introduced;
    },
    mode: () => standing.mode,
    unsent: () => outbox.unsent(),
    /** Asks to be recognised again, or ("end") not to be any more; the thread tells what comes of it. */
    identity: (what) => transport.identity(token, what, signal),
    /** The conversation as a file, in an answer of the server's. */
    transcript: () => transport.transcript(token, signal),
    /** The file for a calendar at this path of a card, likewise. */
    calendar: (path) => transport.calendar(token, path, signal),
    nudge() {
      if (outbox.head() && !introduced) sender.nudge();
      if (receiver) receiver.nudge();
      marks.looked();
    },
    end,
  };
}

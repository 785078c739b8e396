// "Enregistrer la conversation": the server writes the file, the browser keeps it, and nobody else sees it.

import { download } from "./download.js";
import { words } from "./words.js";

const NAME = "conversation-hent.txt";

/** `on` is `{read(), announce(text), say(text)}`; `read()` answers like the transport, the file's text as its body. */
export function createSaver(button, on, save = keep) {
  let busy = false;

  button.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    const { status, body } = await on.read();
    busy = false;
    if (status !== 200) return on.say(words.unsaved);
    save(body);
    on.say("");
    on.announce(words.saved);
  });

  return {
    /** Shown only while there is something to save. */
    offer(some) {
      button.hidden = !some;
    },
  };
}

function keep(text) {
  download(text, NAME, "text/plain;charset=utf-8");
}

// "Enregistrer la conversation": the server writes the file, the browser keeps it, and nobody else sees it.

import { words } from "./words.js";

const NAME = "conversation-hent.txt";
// Some browsers read the Blob after the click; a minute is enough for the slowest disk.
const RELEASE = 60000;

/** `on` is `{read(), announce(text), say(text)}`; `read()` answers like the transport, the file's text as its body. */
export function createSaver(button, on, save = download) {
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

function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = NAME;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE);
}

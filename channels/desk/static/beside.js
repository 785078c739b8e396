// The person beside the open request, read once for each that is shown; or that nobody knows who it is.

import { createPerson } from "./person.js";

const UNKNOWN = "La personne ne s’est pas identifiée. Son dossier ne peut pas être montré.";

/** `changed()` is called after something was done for the person from here. */
export function createBeside({ at, api, changed }) {
  const person = createPerson({ api, root: at("beside"), changed });
  let shown = null;

  function close() {
    shown = null;
    person.close();
  }

  return {
    /** `known` is the request on the screen, or null while it is not read. */
    draw(known) {
      const id = known && known.person_id;
      at("unknown").textContent = known && !id ? UNKNOWN : "";
      if (id === shown) return;
      close();
      shown = id;
      if (id) person.show(id);
    },
    close,
  };
}

// The telephone and the invented people, on a page that holds their markup.

import { showPeople } from "./people.js";
import { createPhone } from "./phone.js";
import { createStore, tabStorage } from "./storage.js";

const find = (id) => document.getElementById(id);

/** Starts the telephone; a page that is opened anew in the same tab shows the number that was in use. */
export function startPhone() {
  const store = createStore(tabStorage());
  const phone = createPhone(find, (number) => store.write("phone", number));
  const kept = store.read("phone");
  if (kept) phone.use(kept);
  showPeople(find("people"), (number) => {
    phone.use(number);
    // The list is long and the telephone above it: the person who chose would not see that it changed.
    find("phone-field").focus();
  });
}

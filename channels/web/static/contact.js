// Who to call, always in sight.

import { national } from "./numbers.js";
import { make } from "./text.js";

/** Fills `place` with the authority's name, number and hours. */
export function showContact(place, { name, phone, hours }) {
  const call = make("a", "call", national(phone));
  call.href = `tel:${phone.replace(/[^\d+]/g, "")}`;
  place.textContent = "";
  place.append(make("span", "name", name), " ", call, " ", make("span", "hours", unbroken(hours)));
}

/** "8 h 30" stays on one line. */
function unbroken(hours) {
  return hours.replace(/(\d) h/g, "$1\u00a0h").replace(/h (\d)/g, "h\u00a0$1");
}

// Who to call, always in sight.

import { national } from "./numbers.js";
import { make } from "./text.js";

const AGAIN = 10000;

/** Fills `place` with the authority's name, number and hours; asks again until it gets them. */
export async function showContact(place, transport) {
  const { status, body } = await transport.authority();
  if (status !== 200 || !body) {
    setTimeout(() => showContact(place, transport), AGAIN);
    return;
  }
  const call = make("a", "call", national(body.phone));
  call.href = `tel:${body.phone.replace(/[^\d+]/g, "")}`;
  place.textContent = "";
  place.append(make("span", "name", body.name), " ", call, " ", make("span", "hours", unbroken(body.hours)));
}

/** "8 h 30" stays on one line. */
function unbroken(hours) {
  return hours.replace(/(\d) h/g, "$1\u00a0h").replace(/h (\d)/g, "h\u00a0$1");
}

// The demonstration: the chat as it is, with a telephone and invented people beside it.
// The chat's markup is taken from its own page, so that the demonstration can never show another chat than the real one.

import { startChat } from "./chat.js";
import { showPeople } from "./people.js";
import { createPhone } from "./phone.js";

const CHAT_PAGE = "/static/index.html";

async function placeChat(place) {
  const response = await fetch(CHAT_PAGE);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  place.textContent = "";
  place.append(document.importNode(page.getElementById("hent"), true));
  startChat();
}

placeChat(document.getElementById("chat"));
const phone = createPhone((id) => document.getElementById(id));
showPeople(document.getElementById("people"), (number) => {
  phone.use(number);
  // The list is long and the telephone above it: the person who chose would not see that it changed.
  document.getElementById("phone-field").focus();
});

// The demonstration: the chat as it is, with a telephone and invented people beside it.
// The chat's markup is taken from its own page, so that the demonstration can never show another chat than the real one.

import { borrow } from "./borrow.js";
import { startChat } from "./chat.js";
import { startPhone } from "./telephone.js";

const CHAT_PAGE = "/static/index.html";

async function placeChat(place) {
  const chat = await borrow(CHAT_PAGE, "#hent");
  place.textContent = "";
  place.append(chat);
  startChat();
}

placeChat(document.getElementById("chat"));
startPhone();

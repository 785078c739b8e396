// The telephone alone, for the frame of the demonstration's site: that site is another origin, and reads nothing of it.

import { borrow } from "./borrow.js";
import { startPhone } from "./telephone.js";

async function place() {
  const panel = await borrow("/static/demo.html", ".panel");
  document.getElementById("panel").append(...panel.children);
  startPhone();
}

place();

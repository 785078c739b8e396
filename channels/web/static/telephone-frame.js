// The telephone alone, for the frame of the demonstration's site: that site is another origin, and reads nothing of it.

import { borrow } from "./borrow.js";
import { startPhone } from "./telephone.js";

async function place() {
  document.body.append(await borrow("/static/demo.html", ".panel"));
  startPhone();
}

place();

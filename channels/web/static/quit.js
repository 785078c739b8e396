// "Quitter vite": a person who may be watched leaves at once, and the tab forgets.
// The address is one that anyone may have open, and that says nothing; `replace` takes our page out of the tab's
// history, so that the back key does not bring it back. Earlier visits stay in the browser's own history: the page
// cannot change that. Escape twice does the same: two keys in a second are not pressed by chance, one would be.

export const NEUTRAL_PAGE = "https://www.meteofrance.com/";
const TWICE_WITHIN = 1000;

/** `forget` clears what the tab holds; returns what the button does. */
export function createQuickExit(button, forget, go = (address) => window.location.replace(address)) {
  let pressed = -Infinity;

  function leave() {
    forget();
    // On a slow network the next page takes seconds: nothing of ours stays on the screen meanwhile.
    document.body.textContent = "";
    document.title = "Météo";
    go(NEUTRAL_PAGE);
  }

  button.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (event.timeStamp - pressed < TWICE_WITHIN) leave();
    pressed = event.timeStamp;
  });
  // A browser may keep the whole page in memory and show it again on the back key.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  return leave;
}

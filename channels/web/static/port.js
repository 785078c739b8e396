// What passes between the frame and the page that shows it: seven words, and one number. No text, no token.
// The page that shows us may be hostile, its scripts as well: a message is read only if it comes from the window above
// and from a site of the list, and ours go to that site alone.

const HEARD = ["opened", "closed", "quit"];

/**
 * `sites` are the origins that may show the frame; `on` has a function for each word of HEARD. Nothing is said before
 * the page above has spoken: only then is it known which of the sites it is. `tell(word, count)` says "ready",
 * "unread" (with a count), "close" or "quit"; it returns whether anybody was there to hear it.
 */
export function createPort(sites, on, here = window) {
  let site = null;

  function tell(word, count) {
    if (site) here.parent.postMessage(count === undefined ? { hent: word } : { hent: word, count }, site);
    return Boolean(site);
  }

  here.addEventListener("message", ({ source, origin, data }) => {
    if (source !== here.parent || source === here || !sites.includes(origin)) return;
    const word = data && data.hent;
    if (!HEARD.includes(word)) return;
    const first = !site;
    site = origin;
    if (first) tell("ready");
    on[word]();
  });

  return { tell };
}

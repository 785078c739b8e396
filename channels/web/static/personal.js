// A personal link, given in person by a caseworker: /#lien=SECRET. What follows # never reaches a server's log.

const SIGN = "#lien=";

/** The secret of the address, or null; the address is cleaned at once, so that the history does not keep it. */
export function takeLink(location, history) {
  if (!location.hash.startsWith(SIGN)) return null;
  const secret = decodeURIComponent(location.hash.slice(SIGN.length));
  history.replaceState(null, "", location.pathname + location.search);
  return secret || null;
}

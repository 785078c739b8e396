// Links that hold a secret: a personal one, given in person by a caseworker (/#lien=SECRET), and that of an SMS which
// says that an answer waits (/#reponse=SECRET). What follows # never reaches a server's log.

export const PERSONAL = "#lien=";
export const ANSWER = "#reponse=";

/** The secret of the address, or null; the address is cleaned at once, so that the history does not keep it. */
export function takeLink(location, history, sign = PERSONAL) {
  if (!location.hash.startsWith(sign)) return null;
  const secret = decodeURIComponent(location.hash.slice(sign.length));
  history.replaceState(null, "", location.pathname + location.search);
  return secret || null;
}

// What an answer of the server means to a page about accounts: done, refused in a sentence, or signed out.

const AWAY = "Le bureau ne répond pas. Réessayez dans une minute.";
const REFUSED = "Le bureau a refusé. Rechargez la page, puis réessayez.";
// 401 too, but of somebody who is signed in and mistypes.
const MISTYPED = "wrong_password";

/** `{done, ended, say}`: `ended` leads to where one signs in. */
export function meaning({ status, body }) {
  const said = body && body.message;
  if (status >= 200 && status < 300) return { done: true, ended: false, say: "" };
  if (status === 0) return { done: false, ended: false, say: AWAY };
  const ended = status === 401 && !(body && body.error === MISTYPED);
  return { done: false, ended, say: said || REFUSED };
}

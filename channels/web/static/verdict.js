// What the server's answer to a sent message means for that message. Pure: the whole policy is one table.

import { words } from "./words.js";

const AGAIN = [0, 408, 425, 429];

/**
 * `answer` is `{status, body, retryAfter}`, status 0 when nothing came back.
 * Returns `{kind, say, after}`: kind accepted, gone (the token is no longer good), refused (never try again) or retry;
 * `say` the sentence for the person or null; `after` milliseconds asked by the server or null.
 */
export function verdict(answer) {
  const { status } = answer;
  const told = (answer.body && answer.body.message) || null;
  if (status >= 200 && status < 300) return { kind: "accepted", say: null, after: null };
  if (status === 401) return { kind: "gone", say: words.expired, after: null };
  if (AGAIN.includes(status) || status >= 500) {
    return { kind: "retry", say: told || (status === 429 ? words.tooFast : null), after: milliseconds(answer.retryAfter) };
  }
  return { kind: "refused", say: told || words.refused, after: null };
}

function milliseconds(seconds) {
  const asked = Number(seconds);
  return seconds !== null && seconds !== undefined && asked >= 0 ? asked * 1000 : null;
}

// The link of an SMS that says that an answer waits: it opens that answer here, once.

import { createRest, delay } from "./backoff.js";
import { words } from "./words.js";

// The secret is already out of the address: a reload would not find it again.
const TRIES = 5;

/**
 * `on` is `{opened(token), say(text)}`. Resolves once the server has answered, or cannot be reached.
 */
export async function comeBack(secret, { transport, on, rest = createRest() }) {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { status, body } = await transport.comeBack(secret);
    if (status === 201) return on.opened(body.token);
    if (status >= 400 && status < 500 && status !== 429) return on.say((body && body.message) || words.answerOver);
    if (attempt < TRIES) await rest.sleep(delay(attempt));
  }
  return on.say(words.answerUnread);
}

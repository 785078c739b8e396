// Telephone numbers that can be touched. Only in our own texts: a number typed by a person stays text, so that nobody
// can plant a link in a thread that a caseworker or a relative reads.

const TRUSTED = ["assistant", "caseworker", "system"];

// Short numbers are also dates, hours and street numbers ("le 17 mars", "17 h", "17 rue de Siam"): they become links
// only after a word that introduces a number to call, and never before a word that makes them something else.
const INTRODUCED = "(?:^|[\\s(«])(?:appelez|appeler|composez|contactez|faites|joindre|numéro|le|au|ou|et|:|,)\\s+$";
const NOT_A_NUMBER = new RegExp(
  "^(?:[\\d/]|[.,:-]\\d|\\s*(?:%|€|h(?![a-zà-ÿ])|°|" +
    "(?:euros?|heures?|minutes?|jours?|semaines?|mois|ans?|km|kilomètres?|personnes?|places?|" +
    "er|bis|ter|rue|avenue|boulevard|place|quai|impasse|allée|route|chemin|square|cours|" +
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?![a-zà-ÿ])))",
  "i"
);

const SPACE = "[\\s.\\u00a0\\u202f]?";
const LONG = `(?:\\+33${SPACE}|0)[1-9](?:${SPACE}\\d{2}){4}|0${SPACE}8\\d{2}(?:(?:${SPACE}\\d{3}){2}|(?:${SPACE}\\d{2}){3})`;
const SHORT = "3\\d{3}|11[24579]|1[578]";
const CANDIDATE = new RegExp(`${LONG}|${SHORT}`, "g");

// 114 is read, not heard: it is reached by text message.
const BY_SMS = "114";

/**
 * `text` cut into parts `{text, href}`; `href` is null, or `tel:`/`sms:` for a number in a text of ours. In another
 * `lang` than French every number is one to call: our cards have no other.
 */
export function linkedParts(text, author, lang) {
  const parts = [];
  let done = 0;
  for (const found of TRUSTED.includes(author) ? text.matchAll(CANDIDATE) : []) {
    if (!isNumberToCall(text, found, lang)) continue;
    if (found.index > done) parts.push({ text: text.slice(done, found.index), href: null });
    parts.push({ text: found[0], href: address(found[0]) });
    done = found.index + found[0].length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** The same of an SMS of ours, which may hold one address of this very site (`origin`), and none of another. */
export function partsOfSms(text, origin) {
  const start = text.indexOf(`${origin}/#`);
  if (start < 0) return linkedParts(text, "assistant");
  const [href] = text.slice(start).split(/\s/);
  const [before, after] = [text.slice(0, start), text.slice(start + href.length)];
  return [...linkedParts(before, "assistant"), { text: href, href }, ...linkedParts(after, "assistant")];
}

function isNumberToCall(text, found, lang) {
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  if (/[\d.,/+-]$/.test(before) || /\d[\s\u00a0\u202f]$/.test(before) || NOT_A_NUMBER.test(after)) return false;
  if (/^[a-zà-ÿ]/i.test(after) || /^[\s\u00a0\u202f]\d{2}/.test(after)) return false;
  if (lang || found[0].length > 4) return true;
  return new RegExp(INTRODUCED, "i").test(before);
}

function address(number) {
  const digits = number.replace(/[^\d+]/g, "");
  if (digits === BY_SMS) return `sms:${digits}`;
  return digits.length === 10 ? `tel:+33${digits.slice(1)}` : `tel:${digits}`;
}

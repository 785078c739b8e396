// What a text becomes by SMS, and how many it takes, exactly as the server counts: api/texts/gsm.py.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
);
const TWICE = new Set("\f^{}\\[~]|€");
const SPELLED = new Map([
  ...Object.entries({ œ: "oe", Œ: "OE", ł: "l", Ł: "L", ı: "i", "…": "...", "→": "->", "←": "<-", "⇒": "=>", "≥": ">=", "≤": "<=" }),
  ...Object.entries({ "©": "(c)", "®": "(r)", "×": "x", "÷": "/", "⁄": "/", "\t": " ", "\u2028": "\n", "\u2029": "\n" }),
  ...[..."’‘‛ʼ′`´‹›"].map((sign) => [sign, "'"]),
  ...[..."“”„«»″"].map((sign) => [sign, '"']),
  ...[..."–—‐‑‒―−•·‣"].map((sign) => [sign, "-"]),
]);
// What Python calls a space: without the byte order mark, and with four controls that JavaScript leaves out.
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const QUOTED = new RegExp(`(?<=«)${SPACE}+|${SPACE}+(?=»)`, "g");
const NUMBER_SIGN = new RegExp(`(?<=[nN])[°º](?=${SPACE}?\\p{Nd})`, "gu");
const IS_SPACE = new RegExp(`^${SPACE}$`);
const DROPPED = "\0";
const LEFT_OVER = new RegExp(` ?${DROPPED}+(?=[ \n]|$)|${DROPPED}+`, "g");

const fits = (char) => BASIC.has(char) || TWICE.has(char);
const spelled = (text) => [...text].map((char) => SPELLED.get(char) ?? char).join("");

function letter(char) {
  if (fits(char)) return char;
  if (IS_SPACE.test(char)) return " ";
  const bare = [...spelled(char.normalize("NFKD"))].filter(fits).join("");
  return bare.trim() || DROPPED;
}

/** The text as it leaves: letters that the alphabet of text messages lacks are made plain. */
export function asSent(text) {
  const plain = text.normalize("NFC").replaceAll("\r\n", "\n").replace(QUOTED, "").replace(NUMBER_SIGN, "o");
  return [...spelled(plain)].map(letter).join("").replace(LEFT_OVER, "");
}

/** `{signs, parts}`: 160 signs in one, 153 in each of several, and none that counts twice is cut in two. */
export function measure(text) {
  const widths = [...asSent(text)].map((char) => (TWICE.has(char) ? 2 : 1));
  const signs = widths.reduce((sum, width) => sum + width, 0);
  return { signs, parts: signs <= 160 ? Math.min(signs, 1) : split(widths, 153) };
}

function split(widths, size) {
  let parts = 1;
  let used = 0;
  widths.forEach((width) => {
    if (used + width > size) parts += 1;
    used = used + width > size ? width : used + width;
  });
  return parts;
}

/** Nothing yet, or "48 signes, 1 SMS." and, where letters change, which: "Partent sans accent : ê ç." */
export function told(text) {
  if (!text) return "";
  const { signs, parts } = measure(text);
  const changed = [...new Set(text.normalize("NFC"))].filter((char) => /\p{L}/u.test(char) && !fits(char));
  const count = `${signs} signe${signs > 1 ? "s" : ""}, ${parts} SMS.`;
  return changed.length ? `${count} Changent de forme en SMS : ${changed.join(" ")}.` : count;
}

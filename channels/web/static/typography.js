// What French keeps on one line: "14 h 45", "10 h", and a sign with the word before it. Only in what is shown: the texts
// themselves keep plain spaces, which an SMS and whoever reads the contract expect.

const HELD = "\u00a0";

/** The text with spaces that do not break where French would not break a line. */
export function held(text) {
  return text
    .replace(/(\d) h(?: (\d\d))?(?![a-zà-ÿ])/gi, (all, hour, minutes) =>
      [hour, "h", ...(minutes ? [minutes] : [])].join(HELD)
    )
    .replace(/ ([?!:;»])/g, `${HELD}$1`)
    .replace(/« /g, `«${HELD}`);
}

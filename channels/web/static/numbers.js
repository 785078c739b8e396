// Telephone numbers as people write them and as machines do.

/** "06 39 98 00 01" or "+33 6…" to "+33639980001"; null when it is no French number. */
export function international(typed) {
  const digits = typed.replace(/[\s.()-]/g, "").replace(/^00/, "+").replace(/^0/, "+33");
  return /^\+33[1-9]\d{8}$/.test(digits) ? digits : null;
}

/** "+33639980001" to "06 39 98 00 01"; what is not in that form stays as it is. */
export function national(number) {
  if (!number.startsWith("+33")) return number;
  return number.replace(/^\+33/, "0").replace(/(\d\d)(?=\d)/g, "$1 ");
}

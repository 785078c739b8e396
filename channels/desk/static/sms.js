// How many SMS a text takes, as an indication: the operator counts.

const GSM7 = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;
const TWICE = /[\f^{}\\[~\]|€]/g;

/** `{signs, parts}`: 160 signs in one, 153 in each of several; 70 and 67 with a sign that GSM-7 lacks. */
export function measure(text) {
  const doubled = (text.match(TWICE) || []).length;
  const plain = GSM7.test(text.replace(TWICE, ""));
  const signs = plain ? text.length + doubled : text.length;
  const [one, each] = plain ? [160, 153] : [70, 67];
  return { signs, parts: signs <= one ? Math.min(signs, 1) : Math.ceil(signs / each) };
}

/** "48 signes, 1 SMS environ". */
export function told(text) {
  const { signs, parts } = measure(text);
  return `${signs} signe${signs > 1 ? "s" : ""}, ${parts} SMS environ`;
}

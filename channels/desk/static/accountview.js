// The words of the page about one's own account.

const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A secret in groups of four, as people copy it. */
export function spaced(secret) {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

/** `[label, value]` of what is known of somebody. */
export function knownRows({ email, phone, hours, absent_from: from, absent_until: until, stand_in: other }) {
  return [
    ["Adresse", email],
    ["Téléphone", phone],
    ["Horaires", hours || "Aucun horaire n’est connu"],
    ["Absence", absence(from, until)],
    ["Remplacement", from ? other || "Personne" : "Sans objet"],
  ];
}

function absence(from, until) {
  if (!from) return "Aucune absence prévue";
  const [first, last] = [from, until].map((day) => day && DAY.format(new Date(day)));
  return last ? `Du ${first} au ${last}` : `À partir du ${first}`;
}

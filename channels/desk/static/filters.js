// What the list shows: one of its six parts, narrowed by what is chosen and by words.

// `asks` is what the part adds to the question, `count` reads its size in the server's counts.
export const PARTS = [
  { name: "open", label: "À traiter", asks: { state: "open", kind: "to_answer" }, count: (counts) => counts.open - counts.to_know },
  { name: "for_me", label: "Pour moi", asks: { state: "for_me" }, count: (counts) => counts.for_me },
  { name: "mine", label: "Les miennes", asks: { state: "mine" }, count: (counts) => counts.mine },
  { name: "to_know", label: "À savoir", asks: { state: "open", kind: "to_know" }, count: (counts) => counts.to_know },
  { name: "snoozed", label: "Mises de côté", asks: { state: "snoozed" }, count: (counts) => counts.snoozed },
  { name: "closed", label: "Closes", asks: { state: "closed" }, count: null },
];

// The words of api/desk/labels.py.
export const REASONS = [
  ["asked", "Veut parler à quelqu'un"],
  ["callback", "Veut être rappelé"],
  ["first_appointment", "Attend depuis plus longtemps que le délai"],
  ["no_slot", "Aucun créneau libre"],
  ["appointment_change", "Rendez-vous à changer"],
  ["appointment_declined", "Rendez-vous annulé par la personne"],
  ["hindrance", "Difficulté"],
  ["training_application", "Formation voulue"],
  ["support", "Aide demandée"],
  ["erasure", "Effacement demandé"],
  ["not_understood", "Pas compris par l'assistant"],
  ["urgent", "Message urgent"],
  ["complaint", "Mécontentement"],
  ["letter", "Courrier avec une date limite"],
  ["by_caseworker", "Contactée par le service"],
  ["number", "Téléphone à vérifier"],
  ["noticed", "Suivi à relancer"],
];
export const PRIORITIES = [
  ["urgent", "Urgent"],
  ["high", "Prioritaire"],
  ["normal", "Normal"],
];

const NARROWING = ["reason", "priority", "channel"];

/** `{part, wanted()}` of the buttons and fields of the page; `changed()` when the list must be read from its start. */
export function createFilters({ at, changed }) {
  let part = PARTS[0];
  let counts = null;
  const buttons = PARTS.map(tab);

  function tab(one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet part";
    button.addEventListener("click", () => {
      choose(one);
      changed();
    });
    at("parts").append(item(button));
    return button;
  }

  function choose(one) {
    part = one;
    label(counts);
  }

  function label(told) {
    counts = told;
    if (counts) at("late-count").textContent = `En retard seulement (${counts.late})`;
    buttons.forEach((button, index) => {
      const one = PARTS[index];
      button.textContent = counts && one.count ? `${one.label} (${one.count(counts)})` : one.label;
      if (one === part) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
  }

  function narrowed() {
    return NARROWING.filter((name) => at(name).value).length + (at("late").checked ? 1 : 0);
  }

  function told() {
    const count = narrowed();
    at("narrowed").textContent = count ? `Filtrer (${count} en place)` : "Filtrer";
  }

  [["reason", REASONS], ["priority", PRIORITIES]].forEach(([name, options]) => {
    options.forEach(([value, text]) => at(name).append(new Option(text, value)));
  });
  at("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  [...NARROWING, "late"].forEach((name) => {
    at(name).addEventListener("change", () => {
      told();
      changed();
    });
  });
  at("unfilter").addEventListener("click", () => {
    at("filters").reset();
    told();
    changed();
  });
  choose(part);

  return {
    label,
    part: () => part.name,
    /** What to ask the server for. */
    wanted: () => ({
      ...part.asks,
      ...Object.fromEntries(NARROWING.map((name) => [name, at(name).value])),
      late: at("late").checked ? "1" : "",
      search: at("search").value.trim(),
    }),
  };
}

function item(content) {
  const made = document.createElement("li");
  made.append(content);
  return made;
}

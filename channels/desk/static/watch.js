// What concerns this caseworker wherever the list stands: the requests that they follow, and what is urgent and untaken.

// Under load, one reading answers for many events; a quarter of the desks of a team do not read in the same instant.
const APART = 2000;
const SPREAD = 300;

/** `told({mine, urgent})` after each reading; both are lists of items. */
export function createWatch({ api, told, random = Math.random, later = (...args) => setTimeout(...args), clock = Date.now }) {
  let mine = new Map();
  let asked = false;
  let last = 0;

  async function read() {
    last = clock();
    const [own, urgent] = await Promise.all([
      api.queue({ state: "mine" }),
      api.queue({ state: "open", priority: "urgent" }),
    ]);
    if (own.status !== 200 || urgent.status !== 200) {
      // Signed out, the page says so elsewhere.
      if (own.status !== 401) soon();
      return;
    }
    mine = new Map(own.body.items.map((item) => [item.id, item]));
    told({ mine: own.body.items, urgent: urgent.body.items.filter(({ owner }) => !owner) });
  }

  function soon() {
    if (asked) return;
    asked = true;
    later(
      () => {
        asked = false;
        read();
      },
      Math.max(0, last + APART - clock()) + random() * SPREAD
    );
  }

  return { read, soon, follows: (id) => mine.has(id) };
}

/** Whether an event is to be told to the caseworker `me`, and in which words; null: it only redraws. */
export function worthTelling({ kind, escalation, by, rings, urgent }, { me, open, follows }) {
  if (by === me || !rings) return null;
  if (urgent) return "Message urgent dans une demande.";
  if (kind === "escalation") return "Du nouveau dans les demandes à traiter.";
  if (escalation === open) return "Nouveau message dans la demande ouverte.";
  return follows(escalation) ? "Nouveau message dans une autre de vos demandes." : null;
}

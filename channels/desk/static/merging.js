// A list under somebody's eyes: what they point at must not move, and what is new must not be missed.

/**
 * The lines to show while the list is held still, from those `shown` and those just read: each where it stood, as it is
 * now. `gone` are ids that stand there no longer; `waiting` counts the lines that only a new drawing will show.
 */
export function heldStill(shown, read) {
  const now = new Map(read.map((item) => [item.id, item]));
  const before = new Set(shown.map(({ id }) => id));
  return {
    items: shown.map((item) => now.get(item.id) || item),
    gone: new Set(shown.filter(({ id }) => !now.has(id)).map(({ id }) => id)),
    waiting: read.filter(({ id }) => !before.has(id)).length,
  };
}

/** Whether the same lines stand in the same order. */
export function sameOrder(shown, read) {
  return shown.length === read.length && shown.every(({ id }, index) => id === read[index].id);
}

/** "3 nouvelles demandes". */
export function newcomers(count) {
  if (!count) return "La liste a changé";
  return count > 1 ? `${count} nouvelles demandes` : "1 nouvelle demande";
}

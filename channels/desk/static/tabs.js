// The requests that are open, side by side: a button for each, with what waits there, and one to close it.

import { make } from "/static/text.js";

/** How many wait unread, in words. */
export function unreadWords(count) {
  return count > 1 ? `${count} non lus` : "1 non lu";
}

/** "Soazig Kermarrec", or what the request is about when nobody knows who asks. */
export function titleOf(known) {
  if (!known) return "Demande";
  return known.person ? known.person.name : `Personne non identifiée, ${known.reason_label.toLowerCase()}`;
}

/** The neighbour of `id` in `ids`, `step` further, around the end; null in an empty list. */
export function neighbour(ids, id, step) {
  if (!ids.length) return null;
  const from = ids.indexOf(id);
  if (from < 0) return step > 0 ? ids[0] : ids[ids.length - 1];
  return ids[(from + step + ids.length) % ids.length];
}

/** `show(id)` and `close(id)` are what the buttons do. */
export function createTabs({ nav, list, show, close }) {
  function entry({ id, known }, current) {
    const item = make("li", "tab");
    const title = titleOf(known);
    const open = make("button", "quiet", title);
    open.type = "button";
    open.dataset.id = id;
    if (id === current) open.setAttribute("aria-current", "true");
    if (known && known.unread) open.append(" ", make("span", "unread", unreadWords(known.unread)));
    open.addEventListener("click", () => show(id));
    const shut = make("button", "quiet shut", "×");
    shut.type = "button";
    shut.dataset.shut = id;
    shut.setAttribute("aria-label", `Fermer l’onglet ${title}`);
    shut.addEventListener("click", () => close(id));
    item.append(open, shut);
    return item;
  }

  return {
    /** Whoever had the focus on a button keeps it. */
    draw(all, current) {
      const { id, shut } = nav.contains(document.activeElement) ? document.activeElement.dataset : {};
      list.replaceChildren(...all.map((one) => entry(one, current)));
      nav.hidden = all.length === 0;
      const again = list.querySelector(id ? `[data-id="${id}"]` : `[data-shut="${shut}"]`);
      if (again) again.focus({ preventScroll: true });
    },
  };
}

// One key, one button. They can be turned off, as whoever dictates or presses keys by mistake must be able to.

export const KEYS = { p: "take", r: "reply", n: "note", f: "queue", c: "search", "?": "help" };

const WRITING = ["INPUT", "TEXTAREA", "SELECT"];

/** What `event` asks for, or null: never while somebody writes, nor with a modifier key. */
export function asked(event, on) {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || WRITING.includes(event.target.tagName)) return null;
  return KEYS[event.key] || null;
}

/** `actions` has a function for each word of KEYS; `setting` is `{read(), write(on)}`. */
export function listenToKeys({ actions, box, dialog, setting }) {
  box.checked = setting.read();
  box.addEventListener("change", () => setting.write(box.checked));
  document.addEventListener("keydown", (event) => {
    const action = dialog.open ? null : asked(event, box.checked);
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}

// What to try can be copied, a sentence a button. Nothing is written into the chat: no page that embeds it can do so.

const SHOWN_FOR = 2500;

/** Puts `text` on the clipboard; false when the browser refuses. */
async function copied(text) {
  try {
    // Safari before 13.1, and any page that came over http from another machine, have no clipboard to write to.
    if (!navigator.clipboard) return copiedFromSelection(text);
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    return copiedFromSelection(text);
  }
}

function copiedFromSelection(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before) before.focus();
  return done;
}

function addButton(row, announce) {
  const text = row.querySelector("q").textContent;
  const [button, shown, which] = ["button", "span", "span"].map((tag) => document.createElement(tag));
  shown.textContent = "Copier";
  Object.assign(which, { className: "unseen", textContent: ` : ${text}` });
  Object.assign(button, { type: "button", className: "copy" });
  button.append(shown, which);
  button.addEventListener("click", async () => {
    const done = await copied(text);
    announce(done ? `Copié : ${text}` : "La copie est refusée. Tapez la phrase.");
    shown.textContent = done ? "Copié" : "Refusé";
    button.classList.toggle("done", done);
    setTimeout(() => {
      shown.textContent = "Copier";
      button.classList.remove("done");
    }, SHOWN_FOR);
  });
  row.append(button);
}

const region = document.getElementById("copied");
document.querySelectorAll(".try").forEach((row) => addButton(row, (said) => (region.textContent = said)));

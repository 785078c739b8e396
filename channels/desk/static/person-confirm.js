// A question before what cannot be taken back. The dialog gives the focus back to what opened it.

import { make } from "/static/text.js";

/** `ask({title, text, yes})` resolves to true or false; Escape is no. */
export function createConfirm() {
  const dialog = make("dialog");
  dialog.id = "person-dialog";
  dialog.setAttribute("aria-labelledby", "person-dialog-title");
  const title = make("h2", "", "Confirmer");
  title.id = "person-dialog-title";
  const text = make("p");
  const yes = button("strong-button", "Confirmer");
  const no = button("", "Ne rien changer");
  const row = make("div", "row person-part");
  row.append(yes, no);
  dialog.append(title, text, row);
  let answer = () => {};

  yes.addEventListener("click", () => dialog.close("yes"));
  no.addEventListener("click", () => dialog.close("no"));
  dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"));

  return {
    dialog,
    ask(question) {
      title.textContent = question.title;
      text.textContent = question.text;
      yes.textContent = question.yes;
      dialog.returnValue = "";
      dialog.showModal();
      no.focus();
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  };
}

function button(className, text) {
  const made = make("button", className, text);
  made.type = "button";
  return made;
}

// Where ready-made texts are written, corrected and removed: one's own, and for a supervisor the team's.

import { make } from "/static/text.js";

import { concluded } from "./acting.js";
import { SCOPES } from "./readytexts.js";

/** `api` as in api.js; `role()` is that of whoever is signed in. The server has the last word on who may write what. */
export function createTextsDesk({ at, api, role }) {
  const dialog = at("texts-dialog");
  const form = dialog.querySelector("form");
  const notice = dialog.querySelector(".notice");
  let edited = null;

  function row(one) {
    const line = make("li", "ready-line");
    const sure = button("Supprimer", one, () => {
      if (sure.dataset.sure) remove(one);
      else {
        sure.dataset.sure = "1";
        sure.firstChild.data = "Confirmer la suppression";
      }
    });
    line.append(make("span", "who", one.title), make("span", "hint", SCOPES[one.scope]));
    line.append(button("Corriger", one, () => edit(one)), sure);
    return line;
  }

  function edit(one) {
    edited = one;
    at("texts-form").textContent = one ? `Corriger : ${one.title}` : "Nouveau texte";
    at("text-title").value = one ? one.title : "";
    at("text-text").value = one ? one.text : "";
    at("text-scope").value = one ? one.scope : "own";
    at("text-title").focus();
  }

  async function read() {
    const { status, body } = await api.call("/ready-texts");
    if (status !== 200) notice.textContent = "Les textes n’ont pas pu être lus.";
    else at("texts").replaceChildren(...body.filter(({ editable }) => editable).map(row));
  }

  async function send(path, options) {
    const { done, say } = concluded(await api.call(`/ready-texts${path}`, options));
    notice.textContent = say;
    if (done) {
      edit(null);
      await read();
    }
  }

  const remove = ({ id }) => send(`/${id}`, { method: "DELETE" });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = { title: at("text-title").value, text: at("text-text").value, scope: at("text-scope").value };
    send(edited ? `/${edited.id}` : "", { method: edited ? "PUT" : "POST", body });
  });
  dialog.querySelector("[data-shut]").addEventListener("click", () => dialog.close());

  return {
    open() {
      const scopes = role() === "supervisor" ? Object.keys(SCOPES) : ["own"];
      at("text-scope").replaceChildren(...scopes.map((scope) => new Option(SCOPES[scope], scope)));
      notice.textContent = "";
      dialog.showModal();
      edit(null);
      read();
    },
  };
}

function button(label, { title }, act) {
  const made = make("button", "quiet");
  made.type = "button";
  made.append(label, make("span", "unseen", ` : ${title}`));
  made.addEventListener("click", act);
  return made;
}

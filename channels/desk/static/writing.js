// What is written in the open request: to the person, or apart from it a note between colleagues. Drafts are kept.

import { told } from "./sms.js";

// As api/desk/variables.py leaves what it does not know.
const LEFT = /\[à compléter : [^\]]*\]/;
const FIELDS = { reply: "reply-text", note: "note-text" };

/** `kept` holds drafts; `after(answer)` follows what was sent, or could not be; `ready()` offers ready texts. */
export function createWriting({ at, opened, outbox, kept, after, ready }) {
  // What was asked for; as long as no reply may be written, notes only.
  let wanted = "reply";
  let mode = "note";

  function choose(asked, known) {
    const may = canReply(known);
    wanted = asked;
    mode = may ? asked : "note";
    at("modes").hidden = !may;
    at("to-person").checked = mode === "reply";
    at("to-colleagues").checked = mode === "note";
    at("reply").hidden = mode !== "reply";
    at("note").hidden = mode !== "note";
    at("no-reply").textContent = whyNot(known);
  }

  function count() {
    const known = opened.known();
    at("counter").textContent = known && known.channel === "sms" ? told(at(FIELDS.reply).value) : "";
  }

  async function write(kind, event) {
    event.preventDefault();
    const field = at(FIELDS[kind]);
    const text = field.value.trim();
    if (!text || (kind === "reply" && unfinished(field))) return;
    set(kind, "");
    after(await outbox.write(opened.id(), kind, text));
  }

  /** What a ready text could not fill in is shown, and nothing is sent meanwhile. */
  function unfinished(field) {
    const found = LEFT.exec(field.value);
    if (!found) return false;
    at("counter").textContent = `Complétez d’abord : ${found[0]}`;
    field.focus();
    field.setSelectionRange(found.index, found.index + found[0].length);
    return true;
  }

  function set(kind, text) {
    at(FIELDS[kind]).value = text;
    kept().write(opened.id(), kind, text);
    count();
  }

  Object.entries(FIELDS).forEach(([kind, id]) => {
    at(kind).addEventListener("submit", (event) => write(kind, event));
    at(id).addEventListener("input", () => set(kind, at(id).value));
    at(id).addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at(kind).requestSubmit();
      // Out of the field, where shortcuts are heard again.
      else if (event.key === "Escape") at("request-title").focus();
    });
  });
  at(FIELDS.reply).addEventListener("keydown", (event) => {
    if (event.key !== "/" || !startsLine(at(FIELDS.reply))) return;
    event.preventDefault();
    ready();
  });
  at("modes").addEventListener("change", () => choose(at("to-person").checked ? "reply" : "note", opened.known()));

  return {
    draw(known) {
      // Whoever writes a note goes on with it: what they type must never land in a reply.
      const noting = at("note").contains(document.activeElement) || at(FIELDS.note).value;
      if (mode === "note" && noting) wanted = "note";
      choose(wanted, known);
      count();
    },
    /** Another request: its own drafts, and what it was written as. */
    open(id) {
      Object.keys(FIELDS).forEach((kind) => {
        at(FIELDS[kind]).value = kept().draft(id, kind);
      });
      wanted = kept().draft(id, "note") && !kept().draft(id, "reply") ? "note" : "reply";
      count();
    },
    /** To the field of `kind`; why not, where no reply may be written: another field would take what is typed. */
    focus(kind) {
      const known = opened.known();
      if (!known) return "";
      if (kind === "reply" && !canReply(known)) return whyNot(known);
      choose(kind, known);
      at(FIELDS[kind]).focus();
      return "";
    },
    /** A text that could not be sent comes back to be changed. */
    edit(item) {
      outbox.drop(item.id);
      const before = at(FIELDS[item.kind]).value;
      choose(item.kind, opened.known());
      set(item.kind, before ? `${before}\n${item.text}` : item.text);
      at(FIELDS[item.kind]).focus();
    },
    /** Puts `text` where the caret is in the reply, to be changed before it is sent. */
    insert(text) {
      choose("reply", opened.known());
      const field = at(FIELDS.reply);
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      set("reply", field.value);
      field.focus();
    },
  };
}

/** Only there: elsewhere "/" is part of a date, or of a choice. */
function startsLine({ value, selectionStart }) {
  return selectionStart === 0 || value[selectionStart - 1] === "\n";
}

export function canReply({ state, mine, mode }) {
  return state === "open" && mine && mode !== null;
}

/** Why no reply can be written, or nothing. */
export function whyNot(known) {
  if (canReply(known)) return "";
  if (known.mode === null) return "La conversation n’existe plus. Appelez la personne.";
  if (known.state === "closed") return "Pour répondre, rouvrez d’abord la demande.";
  return known.owner ? `${known.owner.name} répond à la personne.` : "Pour répondre, prenez d’abord la demande.";
}

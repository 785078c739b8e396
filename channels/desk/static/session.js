// Who is signed in: an e-mail and a password, then a code where one is due; or a first password, by an invitation.

import { elsewhere } from "./frame.js";
import { nextPlace } from "./places.js";

const INVITATION = /^#invitation=(.+)$/;
const HERE = "requests";
const AWAY = "Le bureau ne répond pas. Réessayez dans une minute.";

/** `opened(me, byHand)` is called once somebody is signed in who works here; others go on to where they wanted, or belong. */
export function createSession({ api, places, opened, go = (to) => location.replace(to) }) {
  const { signIn, code, invitation, notice } = places;

  function show(section, text) {
    [signIn, code, invitation].forEach((one) => {
      one.hidden = one !== section;
    });
    notice.textContent = text;
    if (section) section.querySelector("input").focus();
  }

  async function enter(byHand) {
    const answer = await api.me();
    const to = answer.status === 401 ? null : (answer.status === 200 && nextPlace(location.hash)) || elsewhere(answer, HERE);
    if (to) go(to);
    else if (answer.status === 200) {
      show(null, "");
      opened(answer.body, byHand);
    } else show(signIn, answer.status === 401 ? "" : said(answer));
  }

  handle(signIn, async (form) => {
    const answer = await api.signIn(form.elements.email.value, form.elements.password.value);
    if (answer.status !== 200) return said(answer);
    form.elements.password.value = "";
    if (answer.body.needs_code) show(code, "");
    else await enter(true);
    return "";
  });

  handle(code, async (form) => {
    const answer = await api.giveCode(form.elements.code.value.replace(/\s/g, ""));
    form.elements.code.value = "";
    if (answer.status !== 204) return said(answer);
    await enter(true);
    return "";
  });

  handle(invitation, async (form) => {
    const [, token] = INVITATION.exec(location.hash) || [null, ""];
    const answer = await api.accept(token, form.elements.password.value);
    if (answer.status !== 204) return said(answer);
    form.elements.password.value = "";
    history.replaceState(null, "", location.pathname);
    show(signIn, "Votre mot de passe est enregistré. Connectez-vous.");
    return "";
  });

  function handle(section, submit) {
    const form = section.querySelector("form");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      const refusal = await submit(form);
      if (refusal) notice.textContent = refusal;
      button.disabled = false;
    });
  }

  return {
    begin: () => (INVITATION.test(location.hash) ? show(invitation, "") : enter(false)),
    /** The session is over: what was written stays. */
    ask: (text) => show(signIn, text),
  };
}

function said(answer) {
  return (answer.body && answer.body.message) || AWAY;
}

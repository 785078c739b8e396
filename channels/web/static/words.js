// Every sentence that the page says by itself. What Hent answers comes from the server.

export const words = {
  authors: {
    person: "Vous",
    assistant: "Hent (assistant automatique)",
    caseworker: "Conseiller",
    system: "Information",
  },
  modes: {
    assistant: "",
    waiting: "Votre demande est transmise à un conseiller. Hent ne répond plus en attendant.",
    caseworker: "Vous échangez avec un conseiller. Hent ne répond plus.",
  },
  states: {
    waiting: "En attente",
    sending: "Envoi…",
    sent: "",
    failed: "Non envoyé",
  },
  retry: "Réessayer",
  choices: "Réponses proposées",
  chosen: "(votre choix)",
  linkLost: "Connexion perdue. Vos messages partiront à son retour.",
  linkBack: "Connexion revenue.",
  unsent: "Le message n’est pas parti. Vous pouvez réessayer ou appeler.",
  expired: "La conversation précédente est fermée, pour votre sécurité. Écrivez pour en commencer une nouvelle.",
  refused: "Ce message n’a pas pu être envoyé. Vous pouvez le modifier ou nous appeler.",
  tooFast: "Trop de messages à la fois. Le vôtre partira dans un instant.",
  recognised: "Votre lien est bon : Hent sait maintenant qui vous êtes, sur cet écran seulement.",
  linkUnread: "Votre lien n’a pas pu être lu. Réessayez, ou appelez votre conseiller.",
  erased: "La conversation est effacée de cet écran.",
  saved: "La conversation est enregistrée sur votre appareil.",
  unsaved: "La conversation n’a pas pu être enregistrée. Réessayez dans un instant.",
  left: (count) => (count > 1 ? `Encore ${count} caractères.` : `Encore ${count} caractère.`),
  over: (count) => `Trop long : ${count} caractères à enlever.`,
  offered: (count) => (count > 1 ? `${count} réponses proposées.` : "Une réponse proposée."),
  arrived: (count) => (count > 1 ? `${count} nouveaux messages` : "Nouveau message"),
};

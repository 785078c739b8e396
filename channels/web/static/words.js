// Every sentence that the page says by itself. What Hent answers comes from the server.

const KINDS = { appointment: "rendez-vous", training: "formation" };

/** "2 fiches de formation"; nothing for none. */
const cardsOf = (cards, kind) => {
  const count = cards.filter((card) => card.kind === kind).length;
  if (!count) return "";
  return count > 1 ? `${count} fiches de ${KINDS[kind]}` : `une fiche de ${KINDS[kind]}`;
};

export const words = {
  authors: {
    person: "Vous",
    assistant: "Hent (assistant automatique)",
    caseworker: "Conseiller",
    system: "Information",
  },
  modes: {
    assistant: "",
    waiting: "Vous attendez une personne du service. Ce que vous écrivez est gardé pour elle.",
    caseworker: "Une personne du service vous répond. L’assistant se tait.",
  },
  states: {
    waiting: "En attente",
    sending: "Envoi…",
    sent: "",
    failed: "Non envoyé",
  },
  human: {
    sentence: "Je veux parler à un conseiller",
    assistant: "Parler à un humain",
    asking: "Demande en route",
    waiting: "Humain demandé",
    caseworker: "Un humain répond",
    named: (who) => `${who} vous répond`,
  },
  helpful: {
    asks: "Cela vous aide ?",
    yes: "Oui",
    no: "Non",
    kept: "Merci, c’est noté. Vous pouvez changer d’avis.",
    unkept: "Votre avis n’est pas parti. Réessayez dans un instant.",
  },
  card: {
    beside: (cards) => `Avec ${Object.keys(KINDS).map((kind) => cardsOf(cards, kind)).filter(Boolean).join(" et ")}.`,
    when: "Quand",
    between: (start, end) => `de ${start} à ${end}`,
    place: "Où",
    organisation: "Avec",
    starts: "Début",
    permanent: "toute l’année",
    ends: "Fin",
    duration: "Durée",
    hours: (count) => `${count} heures`,
    cost: "Reste à payer",
    states: {
      changed: (day, hour) => `Ce rendez-vous a changé : c’est le ${day} à ${hour}. Demandez aussi le lieu.`,
      cancelled: () => "Ce rendez-vous est annulé : n’y allez pas.",
      over: () => "Ce rendez-vous est passé.",
      unknown: () => "Cette fiche a pu changer. Vérifiez par téléphone avant de venir.",
    },
    add: "Ajouter à mon agenda",
    update: "Mettre mon agenda à jour",
    of: "le rendez-vous du",
    ready: "Le rendez-vous est prêt : votre téléphone propose de l’ajouter à l’agenda.",
    unread: "Le rendez-vous n’a pas pu être ajouté à l’agenda. Réessayez dans un instant.",
    map: "Voir sur la carte",
    elsewhere: "nouvel onglet",
    call: (number) => `Appeler le ${number}`,
  },
  aloud: {
    listen: "Écouter",
    stop: "Arrêter",
    which: "cette réponse",
  },
  notices: {
    outage: "Panne.",
    strike: "Grève.",
    closure: "Fermeture.",
  },
  answering: (who) => `${who} vous répond. L’assistant se tait.`,
  back: "Revenir à l’assistant",
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
  answerHere: "Voici la réponse du service. Vous pouvez écrire ici pour continuer.",
  answerOver: "Ce lien n’est plus valable. Écrivez-nous ici, ou appelez le service.",
  answerUnread: "La réponse n’a pas pu être ouverte. Réessayez depuis le SMS, ou appelez le service.",
  frame: {
    close: "Fermer",
    forgets: "Votre navigateur ne retient rien ici. Si vous quittez ou rechargez la page, la conversation est perdue.",
  },
  erased: "La conversation est effacée de cet écran.",
  renewed: "Nouvelle conversation. Quelle est votre question ?",
  renew: {
    assistant: "Commencer une nouvelle conversation ? Celle-ci quittera cet écran, mais Hent la garde encore.",
    waiting: "Vous attendez une réponse dans cette conversation. Dans une nouvelle, vous ne la verrez pas.",
    caseworker: "Une personne du service vous répond ici. Dans une nouvelle conversation, elle ne vous verra pas.",
  },
  hidden: "Les réponses sur votre dossier sont cachées.",
  notDone: "Cela n’a pas marché. Réessayez dans un instant, ou appelez.",
  saved: "La conversation est enregistrée sur votre appareil.",
  unsaved: "La conversation n’a pas pu être enregistrée. Réessayez dans un instant.",
  left: (count) => (count > 1 ? `Encore ${count} caractères.` : `Encore ${count} caractère.`),
  over: (count) => `Trop long : ${count} caractères à enlever.`,
  offered: (count) => (count > 1 ? `${count} réponses proposées.` : "Une réponse proposée."),
  arrived: (count) => (count > 1 ? `${count} nouveaux messages` : "Nouveau message"),
};

"""Routes of the desk, as the journal says them in French."""

WORDS = {
    "/desk/escalations/{escalation}": "Demande lue",
    "/desk/escalations/{escalation}/ready-texts": "Textes préparés pour la personne",
    "/desk/escalations/{escalation}/transcript": "Copie de la conversation demandée",
    "/desk/transcripts/{transcript}/approve": "Copie de la conversation accordée",
    "/desk/transcripts/{transcript}": "Copie de la conversation prise",
    "/desk/people": "Liste des personnes lue",
    "/desk/people.csv": "Liste des personnes enregistrée",
    "/desk/people/{person}": "Fiche lue",
    "/desk/people/{person}/slots": "Créneaux cherchés",
    "/desk/people/{person}/appointments": "Rendez-vous pris",
    "/desk/people/{person}/appointments/{appointment}/move": "Rendez-vous déplacé",
    "/desk/people/{person}/appointments/{appointment}/cancel": "Rendez-vous annulé",
    "/desk/people/{person}/confidential": "Confidentialité changée",
    "/desk/people/{person}/reminders": "Rappels d'un dossier confidentiel changés",
    "/desk/people/{person}/link": "Lien personnel fait",
    "/desk/people/{person}/number-checked": "Numéro vérifié",
    "/desk/people/write": "Message écrit à la personne",
    "/desk/sms/{sms}/resend": "SMS renvoyé",
    "/desk/unreached": "Liste des personnes sans SMS lue",
    "/desk/unreached/{person}/letter": "Lettre imprimée, avec un code personnel",
    "/desk/accounts": "Compte ajouté",
    "/desk/accounts/{caseworker}/invite": "Invitation renvoyée",
    "/desk/accounts/{caseworker}/end-sessions": "Sessions fermées",
    "/desk/accounts/{caseworker}/remove-second-factor": "Code de connexion retiré",
    "/desk/accounts/{caseworker}/deactivate": "Compte désactivé",
    "/desk/accounts/{caseworker}/activate": "Compte réactivé",
    "/desk/notices": "Annonce publiée",
    "/desk/notices/{notice}/end": "Annonce retirée",
}
OTHER = "Autre consultation"


def words_for(route: str) -> str:
    """What was done by this route; never an address that means nothing to whoever reads."""
    return WORDS.get(route, OTHER)

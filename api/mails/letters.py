"""What e-mails say: why one should look at the desk, and its address; never what anybody wrote, nor who."""

from datetime import datetime

from api.caseworkers.tables import Caseworker
from api.mails.service import Mail
from api.mails.tables import MailKind
from api.texts.formats import clock_time, full_date

SIGNATURE = "Hent, l'assistant de l'insertion en Bretagne\nNe répondez pas à ce message : personne ne le lit."


def invitation(worker: Caseworker, desk_url: str, token: str, until: datetime) -> Mail:
    """The link by which somebody sets their password."""
    lines = [
        f"Bonjour {worker.first_name},",
        "Un compte vous attend au bureau de Hent. Ouvrez ce lien pour choisir votre mot de passe :",
        f"{desk_url}/#invitation={token}",
        f"Ce lien sert une fois, jusqu'au {full_date(until)} à {clock_time(until)}. Ne le donnez à personne.",
        "Si vous n'attendiez pas ce message, prévenez l'administrateur de votre organisme.",
    ]
    return Mail(MailKind.invitation, worker.email, "Votre compte au bureau de Hent", _letter(lines))


def _letter(paragraphs: list[str]) -> str:
    return "\n\n".join([*paragraphs, SIGNATURE]) + "\n"

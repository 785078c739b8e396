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


def untaken(desk_url: str, count: int, urgent: int) -> tuple[str, str]:
    """Subject and text: nobody has taken `count` requests in time, `urgent` of which cannot wait."""
    what = "Une demande attend" if count == 1 else f"{count} demandes attendent"
    subject = "Urgent : une personne attend" if urgent else what
    lines = [f"{what}. Personne n'en a encore pris." if count > 1 else f"{what}. Personne ne l'a encore prise."]
    if urgent:
        lines.append("Une demande est urgente." if urgent == 1 else f"{urgent} demandes sont urgentes.")
    return subject, _letter([*lines, f"Le bureau :\n{desk_url}/"])


def digest(desk_url: str, waiting: int, late: int, oldest: int) -> tuple[str, str]:
    """Subject and text: how many wait for an answer, how many past the day promised; the oldest for `oldest` days."""
    what = "1 demande attend une réponse" if waiting == 1 else f"{waiting} demandes attendent une réponse"
    lines = [f"{what}.", f"{_late(late)} {_since(oldest)}", f"Le bureau :\n{desk_url}/"]
    return f"Ce matin : {what}", _letter(lines)


def unreached(desk_url: str, count: int) -> tuple[str, str]:
    """Subject and text: how many people have an appointment to know of, and are reached by no SMS."""
    whom, act = ("1 personne", "l'appeler, ou lui") if count == 1 else (f"{count} personnes", "les appeler, ou leur")
    what = f"nos SMS n'arrivent pas à {whom}"
    lines = [f"Cette semaine, {what} que vous suivez.", f"Vous pouvez {act} envoyer une lettre :\n{desk_url}/unreached"]
    return f"Cette semaine : {what}", _letter(lines)


def _late(count: int) -> str:
    if count == 0:
        return "Aucune n'est en retard."
    return "1 est en retard." if count == 1 else f"{count} sont en retard."


def _since(days: int) -> str:
    if days == 0:
        return "La plus ancienne est d'aujourd'hui."
    return "La plus ancienne est d'hier." if days == 1 else f"La plus ancienne attend depuis {days} jours."


def _letter(paragraphs: list[str]) -> str:
    return "\n\n".join([*paragraphs, SIGNATURE]) + "\n"

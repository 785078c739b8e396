"""Variables of ready-made texts: {prenom}, {rendez-vous}… What is not known stays visible, for whoever sends it."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.service import outlook_of
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.errors import Unreadable
from api.desk.card import fields_of, person_of
from api.desk.journal import note_access
from api.escalations.tables import Escalation
from api.texts.formats import clock_time, day, phone

NAMES = ("prenom", "nom", "rendez-vous", "conseiller", "telephone", "lieu")
"""First and last name of the person, their next appointment and its place; who answers, and at which number."""
ROUTE = "/desk/escalations/{escalation}/ready-texts"
_BRACES = re.compile(r"\{([^{}]*)\}")


def check(text: str) -> None:
    """Raises Unreadable for a variable that is none of NAMES, or a brace alone."""
    strange = next((name for name in _BRACES.findall(text) if name not in NAMES), None)
    if strange is not None or re.search(r"[{}]", _BRACES.sub("", text)):
        listed = ", ".join(f"{{{name}}}" for name in NAMES)
        raise Unreadable(f"Un texte ne connaît que ces variables : {listed}.", error="unknown_variable")


def fill(text: str, known: Mapping[str, str]) -> str:
    """The text with what is known in the place of its variables, and "[à compléter : lieu]" for what is not."""
    return _BRACES.sub(lambda found: known.get(found[1]) or f"[à compléter : {found[1]}]", text)


async def known(session: AsyncSession, who: Account, row: Escalation, now: datetime) -> dict[str, str]:
    """What may be filled in for this request: who answers, and of the person what their organisation sees.

    Of a confidential file nothing is: whoever answers writes it themselves, knowing who reads it.
    """
    worker = await session.get_one(Caseworker, who.id)
    ours = {"conseiller": who.name, "telephone": phone(worker.phone)}
    if row.beneficiary_id is None:
        return ours
    await note_access(session, who, ROUTE, row.beneficiary_id, row.id)
    fields = await fields_of(session, who.organisation_id)
    # Asked for whoever looks: it hides what it does not show.
    person = await person_of(session, row.beneficiary_id, fields | {"confidential"})
    if person.confidential:
        return ours
    named = ours | {"prenom": person.first_name, "nom": person.last_name}
    visits = await outlook_of(session, person.id, now) if "appointments" in fields else None
    if not (visits and visits.stands and visits.visit):
        return named
    visit = visits.visit
    when = f"{day(visit.starts_at)} à {clock_time(visit.starts_at)}"
    where = ", ".join(part for part in (visit.place_name, visit.address) if part)
    return named | {"rendez-vous": when, "lieu": where}

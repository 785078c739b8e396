"""A request's conversation as a plain text that leaves the house: who asked for it, who agreed, and what was said."""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.tables import Caseworker
from api.conversations.service import read
from api.conversations.tables import Author, Message
from api.core.errors import Conflict
from api.desk.labels import REASONS
from api.desk.tables import TranscriptRequest
from api.escalations.events import TURNING, thread_of
from api.escalations.tables import Escalation, Event
from api.texts.formats import clock_time, full_date

Names = defaultdict[UUID, str]

NAME = "conversation.txt"
NOT_FOR = "Cette copie ne sert ni au contrôle ni à la sanction. Elle ne fonde aucune décision sur un droit."
AUTHORS = {
    Author.person: "La personne",
    Author.assistant: "Hent (assistant automatique)",
    Author.caseworker: "Conseiller",
    Author.system: "Information",
}


async def written(session: AsyncSession, row: Escalation, asked: TranscriptRequest, now: datetime) -> str:
    """What was said about this request, and nothing of others that the same conversation holds; no private note.

    Raises Conflict before a second person agreed, and when there is no conversation any more.
    """
    if row.conversation_id is None:
        raise Conflict("La personne a effacé cette conversation.", error="erased")
    said = [message async for message in _messages(session, row)]
    ids = {asked.asked_by, asked.approved_by, *(one.caseworker_id for one in said)}
    workers = await session.scalars(select(Caseworker).where(Caseworker.id.in_(ids - {None})))
    names: Names = defaultdict(lambda: "un ancien collègue", {worker.id: named(worker) for worker in workers})
    head = await _head(session, row, asked, names, now)
    return "\n\n".join([*head, *(_paragraph(one, names) for one in said)]) + "\n"


def named(worker: Caseworker) -> str:
    """First and last name."""
    return f"{worker.first_name} {worker.last_name}"


async def _head(
    session: AsyncSession, row: Escalation, asked: TranscriptRequest, names: Names, now: datetime
) -> list[str]:
    person = await session.get(Beneficiary, row.beneficiary_id) if row.beneficiary_id else None
    about = f"{person.first_name} {person.last_name}" if person else "Personne inconnue"
    if asked.approved_by is None or asked.approved_at is None:
        raise Conflict("Une autre personne doit d'abord donner son accord.", error="not_approved")
    return [
        f"Copie d'une conversation : {about}\n{REASONS[row.reason].capitalize()}, {_at(row.created_at)}",
        NOT_FOR,
        f"Demandée par {names[asked.asked_by]}, {_at(asked.asked_at)}\n"
        f"Motif : {asked.why}\n"
        f"Accordée par {names[asked.approved_by]}, {_at(asked.approved_at)}\n"
        f"Prise {_at(now)}. Les heures sont celles de Paris.",
    ]


async def _messages(session: AsyncSession, row: Escalation) -> AsyncIterator[Message]:
    """From what the person wrote last before it was opened, to its closing."""
    assert row.conversation_id, "checked before"
    first = select(func.max(Message.seq)).where(
        Message.conversation_id == row.conversation_id,
        Message.author == Author.person,
        Message.created_at <= row.created_at,
    )
    after = (await session.scalar(first) or 1) - 1
    until = await _closed_at(session, row.id)
    while page := await read(session, row.conversation_id, after):
        for message, _ in page:
            if until is None or message.created_at <= until:
                yield message
        after = page[-1][0].seq


async def _closed_at(session: AsyncSession, escalation_id: UUID) -> datetime | None:
    """When it was closed, if it is."""
    turns = [one for one in await thread_of(session, escalation_id) if one.event in TURNING]
    return turns[-1].created_at if turns and turns[-1].event is Event.closed else None


def _paragraph(message: Message, names: Names) -> str:
    name = names[message.caseworker_id] if message.caseworker_id else AUTHORS[message.author]
    return f"{_at(message.created_at).removeprefix('le ')}, {name} :\n{message.text}"


def _at(moment: datetime) -> str:
    return f"le {full_date(moment)} à {clock_time(moment)}"

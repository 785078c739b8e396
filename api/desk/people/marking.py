"""What only somebody who follows a person does to their file: the confidential mark, a link, a number that is right."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.withdrawing import withdraw
from api.caseworkers.accounts import Account
from api.conversations import returning
from api.conversations.routes import Why
from api.conversations.silence import checked
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.errors import Conflict, NotAllowedHere
from api.core.sealing import Sealer
from api.desk.people import noting
from api.desk.people.scope import acted_for
from api.desk.watching import show, watching
from api.identity import links


@dataclass(frozen=True)
class Link:
    """An address to give in person, good once."""

    url: str
    expires_at: datetime


async def mark(
    session: AsyncSession, who: Account, person_id: UUID, confidential: bool, shown: frozenset[str], now: datetime
) -> None:
    """From now on the file is confidential, or is not any more. Raises NotAllowedHere, NotFound."""
    person = await acted_for(session, who, person_id)
    if "confidential" not in shown:
        raise NotAllowedHere
    if person.confidential == confidential:
        return
    person.confidential = confidential
    # What was agreed of the file as it was holds no more.
    person.reminders_asked_at = person.reminders_asked_by = person.reminders_asked_phone = None
    await noting.act(session, who, noting.MARK, person.id)
    if confidential:
        await withdraw(session, now, person.id)
    if confidential and person.phone:
        await returning.close_those_of(session, person.phone)
        await _hold_back(session, person.phone, now)


async def ask_reminders(
    session: AsyncSession, who: Account, person_id: UUID, asked: bool, shown: frozenset[str], now: datetime
) -> None:
    """The person of a confidential file wants to be reminded of appointments, or does not any more.

    They said so to `who`, in person: by telephone it may be somebody else. It holds for the number of the file as it
    is. Raises Conflict when the file is not confidential or has no number, NotAllowedHere, NotFound.
    """
    person = await acted_for(session, who, person_id)
    if "confidential" not in shown:
        raise NotAllowedHere
    if not person.confidential:
        raise Conflict("Ce dossier n'est pas confidentiel.", error="not_confidential")
    if asked and person.phone is None:
        raise Conflict("Ce dossier n'a pas de numéro de téléphone.", error="no_number")
    if asked == (person.wants_reminders if asked else person.reminders_asked_at is not None):
        return
    wish = (now, who.id, person.phone) if asked else (None, None, None)
    person.reminders_asked_at, person.reminders_asked_by, person.reminders_asked_phone = wish
    await noting.act(session, who, noting.REMINDERS, person.id)
    if not asked:
        await withdraw(session, now, person.id)


async def link(
    session: AsyncSession, sealer: Sealer, who: Account, person_id: UUID, public_url: str, now: datetime
) -> Link:
    """A link by which the person identifies on the web. Raises NotAllowedHere, NotFound."""
    person = await acted_for(session, who, person_id)
    await noting.act(session, who, noting.LINK, person.id)
    token = await links.make(session, sealer, person.id, now)
    return Link(f"{public_url.rstrip('/')}/#lien={token}", now + links.LIVES)


async def number_checked(session: AsyncSession, who: Account, person_id: UUID) -> None:
    """The telephone of the file is theirs after all, and may be written to again. Raises NotAllowedHere, NotFound."""
    person = await acted_for(session, who, person_id)
    await noting.act(session, who, noting.NUMBER, person.id)
    if person.phone:
        await checked(session, person.phone)


async def _hold_back(session: AsyncSession, phone: str, now: datetime) -> None:
    """What waits for the morning may tell where somebody is expected: whoever holds the telephone must not read it.

    Whoever wrote it is told, last of all: they have to say it otherwise.
    """
    theirs = OutgoingSms.phone == phone, OutgoingSms.kind == SmsKind.reply, OutgoingSms.next_attempt_at > now
    waiting = and_(*theirs, OutgoingSms.status == SmsStatus.queued, OutgoingSms.attempts == 0)
    watched = await watching(session, await session.scalars(select(OutgoingSms.id).where(waiting)))
    withheld = update(OutgoingSms).where(waiting).values(status=SmsStatus.dead, why=Why.withdrawn)
    await show(session, watched, list(await session.scalars(withheld.returning(OutgoingSms.id))))

"""Messages that a caseworker sends first: each in a transaction of its own, once however often the list is sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.conversations import speaking
from api.conversations.outbox import SENDER
from api.conversations.service import by_number, fade, locked
from api.conversations.tables import Author, Conversation, Mode
from api.core.database import Database, notify
from api.core.quiet_hours import next_allowed
from api.desk import items
from api.desk.journal import note_access
from api.desk.people.scope import acted_for
from api.desk.people.writing import chosen, refusals, signature, written
from api.desk.scope import locked as locked_request
from api.escalations.delays import due_at
from api.escalations.events import add_event
from api.escalations.service import one_line, tell
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Reason
from api.privacy.audience import Channel
from api.texts.service import Spoken

ROUTE = "/desk/people/write"


@dataclass(frozen=True)
class Order:
    """A text for some people; `id` is the desk's own: the same again is the same message to each."""

    id: UUID
    people: list[UUID]
    text: str


@dataclass(frozen=True)
class Posted:
    """How many it went to, and when; `refused` are those whom the preview named, or would have."""

    written: int
    refused: int
    goes_at: datetime


async def post(database: Database, who: Account, order: Order, now: datetime) -> Posted:
    """Send to each. If the process dies on its way, the same order sent again writes to those who are left.

    Raises NotAllowedHere, NotFound, TooLarge and Unreadable, before anything is sent.
    """
    async with database.transaction() as session:
        people = await chosen(session, who, order.people)
        ours = await signature(session, who)
        texts = {one.id: written(order.text, one, ours) for one in people}
    done = 0
    for person, text in texts.items():
        async with database.transaction() as session:
            done += await _to_one(session, who, person, Order(order.id, [person], text), now)
    return Posted(done, len(texts) - done, next_allowed(now))


async def _to_one(session: AsyncSession, who: Account, person_id: UUID, order: Order, now: datetime) -> bool:
    """Whether this person has the message."""
    person = await acted_for(session, who, person_id)
    if await _sent(session, person, order):
        return True
    if person.phone is None or await refusals(session, who, [person]):
        return False
    await note_access(session, who, ROUTE, person.id)
    talk = await by_number(session, person.phone, SENDER, person.authority_code)
    row = await _request(session, who, person, talk.id, order.text, now)
    if row is None:
        return False
    reference = {"author_id": who.id, "reference": str(order.id), "created_at": now}
    await add_event(session, row.id, Event.replied, **reference)
    await _say(session, await locked(session, talk.id), who, order, now)
    await tell(session, row, who.id)
    return True


async def _sent(session: AsyncSession, person: Beneficiary, order: Order) -> bool:
    mine = exists().where(
        EscalationEvent.reference == str(order.id),
        EscalationEvent.escalation_id == Escalation.id,
        Escalation.beneficiary_id == person.id,
    )
    return bool(await session.scalar(select(mine)))


async def _request(
    session: AsyncSession, who: Account, person: Beneficiary, talk: UUID, text: str, now: datetime
) -> Escalation | None:
    """What the person's answer comes back to, locked: what one has with them already, or a request of one's own.

    None: somebody took it at this instant, and answers.
    """
    last = items.turned()
    mine = select(Escalation.id).join(last, true()).where(Escalation.conversation_id == talk)
    had = mine.where(Escalation.owner_id == who.id, Escalation.beneficiary_id == person.id)
    found = await session.scalar(had.where(last.c.event != Event.closed).order_by(Escalation.created_at).limit(1))
    row = await locked_request(session, found) if found else await _opened(session, who, person, talk, text, now)
    if row.owner_id != who.id:
        return None
    row.answered_at, row.snoozed_until = now, None
    return row


async def _opened(
    session: AsyncSession, who: Account, person: Beneficiary, talk: UUID, text: str, now: datetime
) -> Escalation:
    """Opened and taken at once: nobody else has to look at it before the person answers."""
    team = await session.get_one(Organisation, who.organisation_id)
    authority = await session.get_one(Authority, team.authority_code)
    row = Escalation(
        authority_code=team.authority_code,
        organisation_id=team.id,
        caseworker_id=person.caseworker_id,
        assigned_id=who.id,
        owner_id=who.id,
        version=1,
        beneficiary_id=person.id,
        conversation_id=talk,
        channel=Channel.sms,
        reason=Reason.by_caseworker,
        kind=Kind.to_answer,
        line=one_line(text),
        due_at=due_at(authority.hours_left(team.hours), authority.answer_days, now),
    )
    session.add(row)
    await session.flush()
    for event in (Event.opened, Event.taken):
        await add_event(session, row.id, event, author_id=who.id, created_at=now)
    return row


async def _say(session: AsyncSession, talk: Conversation, who: Account, order: Order, now: datetime) -> None:
    """The caseworker's own words begin their part: from now on the assistant is silent here."""
    if talk.mode is not Mode.caseworker:
        talk.mode, talk.mode_version = Mode.caseworker, talk.mode_version + 1
        talk.waiting_until = talk.told_waiting_at = None
    fade(talk, now)
    spoken = Spoken(order.text, (), ())
    message = await speaking.say(session, talk, Author.caseworker, spoken, not_before=next_allowed(now))
    message.caseworker_id, message.reference = who.id, f"desk:{order.id}"
    await notify(session, f"out:{talk.id}")

"""One request, whole: whom it is about, what was said, what happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.conversations.tables import Conversation, Mode
from api.core.clock import now
from api.desk import items, talk
from api.desk.card import Card, card_of, commune_name, fields_of
from api.desk.colleagues import Colleague, colleagues_of
from api.desk.items import Item
from api.desk.journal import note_access
from api.desk.labels import EVENTS, OUTCOMES
from api.desk.scope import reachable
from api.desk.talk import Shown
from api.escalations.summary import summary_of
from api.escalations.tables import Escalation, EscalationEvent, Event
from api.texts.formats import phone

ROUTE = "/desk/escalations/{escalation}"


@dataclass(frozen=True)
class Happened:
    """One event; `by` is None for the person and for Hent, `to` is to whom it went."""

    seq: int
    event: Event
    label: str
    by: str | None
    to: str | None
    text: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Thread(Item):
    """A line of the queue, and what is behind it."""

    state: Literal["open", "closed"]
    summary: list[str]
    """Five lines at most, taken from the conversation."""
    card: Card | None
    place: str | None
    """The commune, as the file or the person says it."""
    phone: str | None
    """Where to reach them, as people write it."""
    mode: Mode | None
    """Who answers in the conversation; None when there is none (any more)."""
    messages: list[Shown]
    events: list[Happened]
    colleagues: list[Colleague]


async def thread(session: AsyncSession, who: Account, escalation_id: UUID, after: int = 0) -> Thread:
    """All of a request, with every message past `after`. Raises NotAllowedHere, NotFound."""
    row = await reachable(session, who, escalation_id)
    card = await _card(session, who, row)
    said = await session.get(Conversation, row.conversation_id) if row.conversation_id else None
    found = (await session.execute(items.rows(who, items.turned(), Escalation.id == row.id))).one()
    reached = row.phone or (said and (said.phone or said.nudge_phone)) or (card and card.phone)
    return Thread(
        **items.shown(who, found),
        state="closed" if found.event == Event.closed else "open",
        summary=await summary_of(session, row),
        card=card,
        place=(card and card.commune) or (commune_name(said.commune_insee) if said else None),
        phone=phone(reached) if reached else None,
        mode=said.mode if said else None,
        messages=await talk.shown(session, said, after) if said else [],
        events=await _events(session, who, row),
        colleagues=await colleagues_of(session, who.organisation_id),
    )


async def _card(session: AsyncSession, who: Account, row: Escalation) -> Card | None:
    if row.beneficiary_id is None:
        return None
    await note_access(session, who, ROUTE, row.beneficiary_id, row.id)
    return await card_of(session, row.beneficiary_id, await fields_of(session, who.organisation_id), now())


async def _events(session: AsyncSession, who: Account, row: Escalation) -> list[Happened]:
    """All that happened, in order; a note is for the organisation of whoever wrote it, wherever the request goes."""
    ours = select(Caseworker.id).where(Caseworker.organisation_id == who.organisation_id)
    told = or_(EscalationEvent.event != Event.note, EscalationEvent.author_id.in_(ours))
    mine = select(EscalationEvent).where(EscalationEvent.escalation_id == row.id, told)
    events = list(await session.scalars(mine.order_by(EscalationEvent.seq)))
    names = await _names(session, {one.author_id for one in events} | {one.target_id for one in events})
    return [_happened(one, names) for one in events]


async def _names(session: AsyncSession, ids: set[UUID | None]) -> dict[UUID | None, str]:
    """Of colleagues and of organisations."""
    workers = await session.scalars(select(Caseworker).where(Caseworker.id.in_(ids - {None})))
    names: dict[UUID | None, str] = {one.id: f"{one.first_name} {one.last_name}" for one in workers}
    teams = await session.scalars(select(Organisation).where(Organisation.id.in_(ids - {None})))
    return names | {team.id: team.name for team in teams}


def _happened(one: EscalationEvent, names: dict[UUID | None, str]) -> Happened:
    text = OUTCOMES.get(one.text or "", one.text) if one.event is Event.closed else one.text
    by, to = names.get(one.author_id), names.get(one.target_id)
    return Happened(one.seq, one.event, EVENTS[one.event], by, to, text, one.created_at)

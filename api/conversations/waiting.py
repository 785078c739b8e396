"""Somebody waits for a person of the service: how it begins, and what becomes of each thing that they write."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.naming import commune_in
from api.beneficiaries.tables import Beneficiary
from api.conversations.drafts import last_facts
from api.conversations.seams import asks_something
from api.conversations.tables import Conversation, Mode, Turn, TurnKind
from api.conversations.urgent import Urgency
from api.conversations.while_waiting import Meant, meant, place_told
from api.desk import hearing, human_part, withdrawing
from api.escalations.routing import place_request
from api.identity.reading import read_phone
from api.privacy.audience import Channel
from api.texts.schemas import Saying

WAITING_AFTER = frozenset({"human_asked", "human_asked_nowhere", "human_asked_of_mine"})
"""Texts that promise a person of the service: once one is said, the assistant is silent."""
TOLD_EVERY = {Channel.web: timedelta(minutes=2), Channel.sms: timedelta(minutes=30)}
"""Between two reminders that what is written is kept: on a page silence looks broken, an SMS is paid for.

What asks something is answered by one each time: it tells that the assistant can answer it.
"""


@dataclass(frozen=True)
class Answer:
    """What is said in return, and whether the message is kept for whoever is waited for."""

    sayings: list[Saying] = field(default_factory=list)
    kept: bool = False


async def begin_after(
    session: AsyncSession, conversation: Conversation, said: list[Saying], now: datetime
) -> list[Saying]:
    """The conversation waits from now on, if what is said promises somebody; the rest of what is to be said then."""
    if not WAITING_AFTER & {saying.name for saying in said}:
        return []
    await human_part.wait(session, conversation.id, now)
    return [await _where_to_tell(session, conversation)]


async def answer(
    session: AsyncSession, conversation: Conversation, text: str, payload: dict[str, Any] | None, now: datetime
) -> Answer:
    """What somebody who waits brings about by this text, or this choice. Requests are locked, then the conversation."""
    place_asked = await _place_asked(session, conversation)
    match meant(text, payload, place_asked=place_asked):
        case Meant.back | Meant.withdraw as wish:
            return Answer([await _leave(session, conversation, wish, payload, now)])
        case Meant.ask:
            return Answer([await _ask(session, conversation, UUID((payload or {})["entities"]["message"]), now)])
        case Meant.number:
            # Both were asked, and people answer both at once: "Brest, 06 39 98 77 14".
            placed = [await _placed(session, conversation, text, now)] if place_asked and commune_in(text) else []
            return Answer([*placed, await _keep_number(session, conversation, read_phone(text) or "")])
        case Meant.yes:
            return Answer([await _own_number(session, conversation)])
        case Meant.no:
            return Answer([Saying("waiting_other_number")])
        case Meant.place:
            return Answer([await _placed(session, conversation, text, now)])
        case Meant.kept:
            return Answer(_reminded(conversation, text, now), kept=True)


async def threatened(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether violence was told here: then nothing starts from us towards a telephone, which others may read."""
    told = exists().where(Turn.conversation_id == conversation.id, Turn.intent == f"emergency_{Urgency.violence}")
    return bool(await session.scalar(select(told)))


async def _ask(session: AsyncSession, conversation: Conversation, kept: UUID, now: datetime) -> Saying:
    """The assistant answers the kept message, once, and whatever follows; what the service was asked stays."""
    if conversation.mode is not Mode.waiting:
        return Saying("waiting_left")
    await human_part.stop_waiting(session, conversation, now)
    answered = exists().where(Turn.message_id == kept, Turn.kind == TurnKind.again)
    conversation.again_id = None if await session.scalar(select(answered)) else kept
    return Saying("waiting_asked")


async def _leave(
    session: AsyncSession, conversation: Conversation, wish: Meant, payload: dict[str, Any] | None, now: datetime
) -> Saying:
    """Back to the assistant, with or without what was asked of the service."""
    if wish is Meant.withdraw:
        return await withdrawing.withdraw(session, conversation, now, _offered(payload))
    return await withdrawing.back(session, conversation, now)


def _offered(payload: dict[str, Any] | None) -> list[UUID] | None:
    """The requests that the pressed button takes back; None where it was written, not pressed."""
    return [UUID(one) for one in payload["entities"]["requests"].split()] if payload else None


def _reminded(conversation: Conversation, text: str, now: datetime) -> list[Saying]:
    told = conversation.told_waiting_at
    if told and not asks_something(text) and now - told < TOLD_EVERY[conversation.channel]:
        return []
    conversation.told_waiting_at = now
    return [Saying("waiting_kept")]


async def _place_asked(session: AsyncSession, conversation: Conversation) -> bool:
    if conversation.commune_insee or conversation.channel is not Channel.web:
        return False
    return bool((await last_facts(session, conversation.id, WAITING_AFTER)).get("ask_commune"))


async def _placed(session: AsyncSession, conversation: Conversation, text: str, now: datetime) -> Saying:
    commune = place_told(text) or commune_in(text)
    assert commune, "what is meant as a place names one"
    return Saying("waiting_placed", await place_request(session, conversation.id, commune.insee, now))


async def _where_to_tell(session: AsyncSession, conversation: Conversation) -> Saying:
    """By SMS an answer is read where it arrives; on the web, a closed page hears of nothing."""
    settled = conversation.channel is Channel.sms or conversation.nudge_phone is not None
    if settled or await threatened(session, conversation):
        return Saying("waiting_begins")
    return Saying("waiting_own_number" if await _number_of_file(session, conversation) else "waiting_ask_number")


async def _own_number(session: AsyncSession, conversation: Conversation) -> Saying:
    own = await _number_of_file(session, conversation)
    # Half an hour of silence, and we do not know any more whose file it was.
    return await _keep_number(session, conversation, own) if own else Saying("waiting_other_number")


async def _number_of_file(session: AsyncSession, conversation: Conversation) -> str | None:
    """The number of whoever is identified here; never a confidential file's: who answers it is not known."""
    person = await session.get(Beneficiary, conversation.beneficiary_id) if conversation.beneficiary_id else None
    return person.phone if person and not person.confidential else None


async def _keep_number(session: AsyncSession, conversation: Conversation, phone: str) -> Saying:
    tells = conversation.channel is Channel.web and not await threatened(session, conversation)
    before = conversation.nudge_phone
    if tells:
        conversation.nudge_phone = phone
    # A number that was given for an agreed call stays.
    await hearing.can_be_called(session, conversation.id, phone, before, always=not tells)
    return Saying("waiting_number", {"phone_end": phone[-2:], "tells": tells})

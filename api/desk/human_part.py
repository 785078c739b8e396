"""The part of a conversation that a human answers: where it begins, pauses and ends, and how the person hears of it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import Caseworker
from api.conversations.opening import TURNS_A_SESSION
from api.conversations.service import fade, locked
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.clock import now
from api.core.database import notify
from api.escalations.events import closed
from api.escalations.tables import Escalation, Kind
from api.identity.service import open_check
from api.privacy.audience import Channel
from api.texts.formats import listing
from api.texts.gsm import to_gsm
from api.texts.schemas import Saying
from api.texts.service import Spoken, speak
from api.texts.voice import read_voice

WAITS = timedelta(hours=1)
"""Of silence for somebody to come; then the assistant answers again, and the request stays."""


async def begin(session: AsyncSession, row: Escalation, caseworker_id: UUID, first_name: str) -> None:
    """A caseworker took this request: from now on the assistant is silent, and the person knows who answers."""
    if row.conversation_id is None:
        return
    conversation = await locked(session, row.conversation_id)
    if caseworker_id not in await _answering(session, row):
        await _turn(session, conversation, Mode.caseworker, Saying("desk_answers", {"first_name": first_name}))


async def wait(session: AsyncSession, conversation_id: UUID, now: datetime) -> None:
    """Somebody of the service was promised: the assistant is silent until they come, and an hour at most.

    What follows a promise is said by whoever made it.
    """
    conversation = await locked(session, conversation_id)
    if conversation.mode is not Mode.caseworker:
        conversation.waiting_until = now + WAITS
    if conversation.mode is Mode.assistant:
        _switch(conversation, Mode.waiting)
        conversation.told_waiting_at = None
        # A number that is typed from now on says where to reach the person, not who they are.
        await _stop_identifying(session, conversation, now)


async def pause(session: AsyncSession, row: Escalation) -> None:
    """It was given back to the queue, and the person knows.

    Unanswered, they wait for a colleague, and not for ever: silence without an end would leave whoever writes by SMS
    with nobody. Answered, it is their turn: the assistant hears them until a colleague takes it.
    """
    conversation = await _left(session, row)
    if conversation is None or conversation.mode is not Mode.caseworker:
        return
    if row.answered_at:
        await _return(session, conversation, Saying("desk_paused"))
    else:
        conversation.waiting_until, conversation.told_waiting_at = now() + WAITS, None
        await _turn(session, conversation, Mode.waiting, Saying("desk_left"))


async def end(session: AsyncSession, row: Escalation) -> None:
    """The human part is over, and the person knows; unless something else that they asked still waits for somebody."""
    conversation = await _left(session, row)
    if conversation is None or conversation.mode is Mode.assistant:
        return
    if conversation.mode is Mode.caseworker or not await _still_asked(session, row):
        await _return(session, conversation, Saying("desk_ended"))


async def give_up(session: AsyncSession, conversation: Conversation, saying: Saying, not_before: datetime) -> None:
    """Nobody came in time: the assistant answers again. By SMS that is told at the earliest at `not_before`."""
    await _return(session, conversation, saying, not_before)


async def stop_waiting(session: AsyncSession, conversation: Conversation, now: datetime) -> None:
    """The person wants the assistant again; what is said of it is the answer to their message."""
    _switch(conversation, Mode.assistant)
    conversation.rasa_turns = TURNS_A_SESSION
    await _stop_identifying(session, conversation, now)


async def answering(session: AsyncSession, conversation: Conversation) -> str | None:
    """The first names of the caseworkers who answer; None while none does."""
    if conversation.mode is not Mode.caseworker:
        return None
    owners = select(Caseworker.first_name).join(Escalation, Escalation.owner_id == Caseworker.id)
    here = owners.where(Escalation.conversation_id == conversation.id)
    names = sorted(set(await session.scalars(here)))
    return listing(names) if names else None


async def write(session: AsyncSession, conversation: Conversation, text: str, caseworker_id: UUID) -> Message:
    """What a caseworker answers, under the conversation's lock."""
    sent = to_gsm(text) if conversation.channel is Channel.sms else text
    fade(conversation, now())
    message = await say(session, conversation, Author.caseworker, Spoken(sent, (), ()))
    message.caseworker_id = caseworker_id
    await notify(session, f"out:{conversation.id}")
    return message


async def _return(
    session: AsyncSession, conversation: Conversation, saying: Saying, not_before: datetime | None = None
) -> None:
    """The assistant answers again, and begins anew: what it remembers is from before the human part."""
    await _turn(session, conversation, Mode.assistant, saying, not_before)
    conversation.rasa_turns = TURNS_A_SESSION


async def _left(session: AsyncSession, row: Escalation) -> Conversation | None:
    """The conversation, locked, unless a request of the same person is still in somebody's hands."""
    if row.conversation_id is None:
        return None
    conversation = await locked(session, row.conversation_id)
    return None if await _answering(session, row) else conversation


async def _answering(session: AsyncSession, row: Escalation) -> set[UUID | None]:
    """Who has other requests of this conversation."""
    others = select(Escalation.owner_id).where(
        Escalation.conversation_id == row.conversation_id,
        Escalation.id != row.id,
        Escalation.owner_id.is_not(None),
    )
    return set(await session.scalars(others))


async def _still_asked(session: AsyncSession, row: Escalation) -> bool:
    others = select(Escalation.id).where(
        Escalation.conversation_id == row.conversation_id, Escalation.id != row.id, Escalation.kind == Kind.to_answer
    )
    ids = list(await session.scalars(others))
    return bool(set(ids) - await closed(session, ids))


async def _stop_identifying(session: AsyncSession, conversation: Conversation, now: datetime) -> None:
    check = await open_check(session, conversation.id, now)
    if check:
        check.closed_at = now


def _switch(conversation: Conversation, mode: Mode) -> None:
    conversation.mode = mode
    conversation.mode_version += 1
    if mode is not Mode.waiting:
        conversation.waiting_until = conversation.told_waiting_at = None


async def _turn(
    session: AsyncSession, conversation: Conversation, mode: Mode, saying: Saying, not_before: datetime | None = None
) -> None:
    _switch(conversation, mode)
    # Our own words are no sign that the person is still there.
    fade(conversation, now())
    voice = await read_voice(session, conversation.authority_code)
    await say(session, conversation, Author.system, speak([saying], conversation.channel, voice), not_before=not_before)
    await notify(session, f"out:{conversation.id}")

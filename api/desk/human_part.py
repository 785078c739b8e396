"""The part of a conversation that a human answers: where it begins, pauses and ends, and how the person hears of it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import outbox
from api.conversations.opening import TURNS_A_SESSION
from api.conversations.service import add, fade, locked
from api.conversations.tables import Author, Conversation, Message, MessageStatus, Mode
from api.core.clock import now
from api.core.database import notify
from api.escalations.tables import Escalation
from api.privacy.audience import Channel
from api.texts.gsm import to_gsm
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import read_voice


async def begin(session: AsyncSession, row: Escalation, caseworker_id: UUID, first_name: str) -> None:
    """A caseworker took this request: from now on the assistant is silent, and the person knows who answers."""
    if row.conversation_id is None:
        return
    conversation = await locked(session, row.conversation_id)
    if caseworker_id not in await _answering(session, row):
        await _turn(session, conversation, Mode.caseworker, Saying("desk_answers", {"first_name": first_name}))


async def pause(session: AsyncSession, row: Escalation) -> None:
    """It was given back to the queue: the assistant answers until a colleague takes it, and the person knows.

    Silence without an end would leave whoever writes by SMS with nobody.
    """
    await _leave(session, row, Saying("desk_paused"))


async def end(session: AsyncSession, row: Escalation) -> None:
    """The human part is over, and the person knows."""
    await _leave(session, row, Saying("desk_ended"))


async def write(session: AsyncSession, conversation: Conversation, text: str, caseworker_id: UUID) -> Message:
    """What a caseworker answers, under the conversation's lock."""
    sent = to_gsm(text) if conversation.channel is Channel.sms else text
    message = await _add(session, conversation, Author.caseworker, sent)
    message.caseworker_id = caseworker_id
    return message


async def _leave(session: AsyncSession, row: Escalation, saying: Saying) -> None:
    """The assistant answers again, and begins anew: what it remembers is from before the human part."""
    conversation = await _left(session, row)
    if conversation and conversation.mode is not Mode.assistant:
        await _turn(session, conversation, Mode.assistant, saying)
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


async def _turn(session: AsyncSession, conversation: Conversation, mode: Mode, saying: Saying) -> None:
    conversation.mode = mode
    conversation.mode_version += 1
    voice = await read_voice(session, conversation.authority_code)
    spoken = speak([saying], conversation.channel, voice)
    message = await _add(session, conversation, Author.system, spoken.text)
    message.says = list(spoken.names)


async def _add(session: AsyncSession, conversation: Conversation, author: Author, text: str) -> Message:
    # Our own words are no sign that the person is still there.
    fade(conversation, now())
    message = await add(session, conversation, author, text, MessageStatus.sent)
    if conversation.channel is Channel.sms:
        await outbox.reply(session, conversation, message)
    await notify(session, f"out:{conversation.id}")
    return message

"""Who is speaking, at the press of a button: asked again to see what is hidden, or forgotten at once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.opening import TURNS_A_SESSION
from api.conversations.service import fade, forget_who, locked
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.database import notify
from api.identity import service as identity
from api.privacy.audience import Channel
from api.texts.service import speak
from api.texts.voice import Voice


async def ask_again(
    session: AsyncSession, voice: Voice, conversation_id: UUID, moment: datetime, since: datetime | None = None
) -> None:
    """Begin an identity check that no question needs. Nothing happens while one goes on, once who speaks is known, or
    while a caseworker reads what is written; `since`: as `returning.Opened` has it.
    """
    conversation = await locked(session, conversation_id)
    fade(conversation, moment, since)
    known = conversation.identified_at or await identity.open_check(session, conversation_id, moment)
    if known or conversation.mode is Mode.caseworker:
        return
    # Asked and left, again and again: the question stands there already, and no row is added.
    if await _says_last(session, conversation) == [identity.FIRST] and await identity.resume(
        session, conversation_id, moment
    ):
        return
    asked = await identity.begin(session, conversation_id, None, moment)
    await say(session, conversation, Author.assistant, speak(asked, Channel.web, voice))
    await notify(session, f"out:{conversation_id}")


async def _says_last(session: AsyncSession, conversation: Conversation) -> list[str] | None:
    mine = select(Message.says).where(Message.conversation_id == conversation.id, Message.seq == conversation.last_seq)
    return await session.scalar(mine)


async def leave(session: AsyncSession, conversation_id: UUID, moment: datetime) -> None:
    """Forget who was speaking: what tells of their file hides wherever this conversation is read."""
    conversation = await locked(session, conversation_id)
    await forget(session, conversation, moment)
    await notify(session, f"out:{conversation_id}")


async def forget(session: AsyncSession, conversation: Conversation, moment: datetime) -> None:
    """The same under the conversation's lock: Rasa, too, begins anew with whoever writes next."""
    forget_who(conversation)
    conversation.rasa_turns = TURNS_A_SESSION
    check = await identity.open_check(session, conversation.id, moment)
    if check:
        check.closed_at = moment

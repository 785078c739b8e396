"""Whoever comes back to their page reads that something is lost: a promise may be among it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.service import next_message
from api.conversations.tables import Author, Conversation, MessageStatus
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voices

RESTORED = "service_restored"
LATELY = timedelta(days=7)
"""Before the last sign of the dump: pages that have been silent for longer are not waited at."""


async def tell_of_it(session: AsyncSession, since: datetime, now: datetime) -> int:
    """Write it into the web conversations that were in use; how many. By SMS nobody is written to for that."""
    recent = select(Conversation).where(
        Conversation.channel == Channel.web, Conversation.last_activity_at > since - LATELY
    )
    voices = Voices()
    talks = list(await session.scalars(recent.order_by(Conversation.id)))
    said = [Saying(RESTORED, {"since": since.isoformat()})]
    for talk in talks:
        spoken = speak(said, Channel.web, await voices.of(session, talk.authority_code))
        last = talk.last_activity_at
        message = next_message(talk, Author.system, spoken.text, MessageStatus.sent)
        message.says = list(spoken.names)
        session.add(message)
        # Nobody was here: what is kept for thirty days after somebody was is not kept longer.
        talk.last_activity_at = last
    await session.flush()
    return len(talks)

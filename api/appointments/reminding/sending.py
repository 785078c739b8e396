"""What was decided to be sent becomes messages: many at once, each in its own conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.wording import spoken
from api.appointments.tables import Reminder
from api.beneficiaries.tables import Beneficiary
from api.conversations.outbox import SENDER, queued
from api.conversations.service import by_numbers, fade, next_message
from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.conversations.speaking import offered
from api.conversations.tables import Author, Choice, Conversation, Message, MessageStatus
from api.core.database import notify
from api.desk import hearing
from api.escalations.tables import Escalation
from api.texts.schemas import Saying
from api.texts.voice import Voices


@dataclass(frozen=True)
class Ready:
    """What is said to somebody, by the reminder of this id."""

    id: UUID
    person: Beneficiary
    said: list[Saying]


@dataclass(frozen=True)
class Talks:
    """Conversations to write into, locked, by number; with the open requests of each, locked before."""

    held: dict[str, Conversation]
    requests: list[Escalation]

    @classmethod
    async def hold(cls, session: AsyncSession, people: Sequence[Beneficiary], now: datetime) -> "Talks":
        """Those of these people. One that is being answered just now is left out: nobody waits with others held."""
        payers = {person.phone: person.authority_code for person in people if person.phone}
        ids = [talk.id for talk in (await by_numbers(session, payers, SENDER)).values()]
        # Requests, then the conversation, then the appointment: the order of whoever acts on one from the desk.
        requests = await hearing.hold_all(session, ids)
        mine = select(Conversation).where(Conversation.id.in_(ids)).order_by(Conversation.id)
        free = mine.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        held = {talk.phone: talk for talk in await session.scalars(free) if talk.phone}
        for talk in held.values():
            fade(talk, now)
        return cls(held, requests)

    def of(self, person: Beneficiary) -> Conversation | None:
        """Where this person is written to; None when it is not ours just now."""
        return self.held.get(person.phone or "")


async def send(session: AsyncSession, voices: Voices, talks: Talks, ready: Sequence[Ready]) -> None:
    """Write each into its conversation, with its choices and its place in the outbox."""
    messages: list[Message] = []
    choices: list[Choice] = []
    outgoing: dict[UUID, OutgoingSms] = {}
    for one in ready:
        talk = talks.of(one.person)
        assert talk, "whoever is ready has a conversation that is held"
        text = spoken(one.said, await voices.of(session, one.person.authority_code))
        message = next_message(talk, Author.assistant, text.text, MessageStatus.sent)
        message.says = list(text.names)
        sms = queued(talk, message)
        # The conversation may have begun with another, before this number was in anybody's file.
        sms.kind, sms.authority_code = SmsKind.reminder, one.person.authority_code
        messages.append(message)
        choices.extend(offered(message, text))
        outgoing[one.id] = sms
    for rows in (messages, choices, list(outgoing.values())):
        session.add_all(rows)
        await session.flush()
    named = [{"id": reminder, "sms_id": sms.id} for reminder, sms in outgoing.items()]
    if named:
        await session.execute(update(Reminder), named)
        written = {message.conversation_id for message in messages}
        await notify(session, "sms", *(f"out:{talk}" for talk in written))
        await hearing.overhear(session, [row for row in talks.requests if row.conversation_id in written])

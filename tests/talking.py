"""Conversations as a test plays them: write, let a worker answer, read."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from api.conversations import delivery, leases, outbox, service
from api.conversations.rasa import Rasa
from api.conversations.routes import Routes
from api.conversations.sms_tables import OutgoingSms
from api.conversations.tables import Conversation, Message, MessageStatus
from api.conversations.turn import Tools, answer_all
from api.core.database import Database
from api.core.sealing import Sealer
from channels.sms.demo import SimulatedProvider


@dataclass
class Talk:
    """One conversation, web or SMS, with a scripted or a real Rasa behind it."""

    database: Database
    sealer: Sealer
    rasa: Rasa
    id: UUID = field(default_factory=uuid4)

    @property
    def tools(self) -> Tools:
        """What a worker would stand on."""
        return Tools(self.database, self.sealer, self.rasa)

    async def begin(self, authority: str = "cd29") -> "Talk":
        """A web conversation, without a name."""
        async with self.database.transaction() as session:
            conversation, _ = await service.begin(session, self.sealer, authority, b"address")
            self.id = conversation.id
        return self

    async def ring(self, phone: str, authority: str = "cd29") -> "Talk":
        """The SMS conversation of a number."""
        async with self.database.transaction() as session:
            self.id = (await service.by_number(session, phone, outbox.SENDER, authority)).id
        return self

    async def write(self, text: str, choice: UUID | None = None, reference: str | None = None) -> int:
        """Store what a person writes."""
        incoming = service.Incoming(reference or str(uuid4()), text, choice)
        async with self.database.transaction() as session:
            return await service.receive(session, self.sealer, self.id, incoming)

    async def answer(self) -> int:
        """Let a worker answer all that waits; the number of turns. By SMS, once nothing more can follow."""
        await self.pause(2)
        async with self.database.transaction() as session:
            taken = await leases.claim(session, 10)
        return sum([await answer_all(self.tools, conversation, lease) for conversation, lease in taken])

    async def pause(self, seconds: float) -> None:
        """Time passes for all that waits."""
        ago = timedelta(seconds=seconds)
        async with self.database.transaction() as session:
            waits = update(Conversation).where(Conversation.waiting_since.is_not(None))
            await session.execute(waits.values(waiting_since=Conversation.waiting_since - ago))
            rows = update(Message).where(Message.status == MessageStatus.received)
            await session.execute(rows.values(created_at=Message.created_at - ago))

    async def say(self, text: str, choice: UUID | None = None) -> list[str]:
        """Write, be answered; the names of the texts that were said in return."""
        after = await self.write(text, choice)
        await self.answer()
        return [name for message in await self.messages(after) for name in message.says]

    async def messages(self, after: int = 0) -> list[Message]:
        """Everything past `after`, in order."""
        async with self.database.transaction() as session:
            return [message for message, _ in await service.read(session, self.id, after)]

    async def choices(self) -> dict[str, UUID]:
        """Every button offered so far, by its title."""
        async with self.database.transaction() as session:
            rows = await service.read(session, self.id, 0)
            return {choice.title: choice.value for _, choices in rows for choice in choices}

    async def conversation(self) -> Conversation:
        """The row as it stands."""
        async with self.database.transaction() as session:
            return await session.get_one(Conversation, self.id)

    async def telephone(self, phone: str) -> list[str]:
        """Send what is due, and read this telephone."""
        while await delivery.send_due(self.database, self.sealer, Routes.only(SimulatedProvider())):
            pass
        async with self.database.transaction() as session:
            rows = select(OutgoingSms).where(OutgoingSms.phone == phone).order_by(OutgoingSms.created_at)
            return [row.text or self.sealer.open(row.sealed or b"") or "" for row in await session.scalars(rows)]

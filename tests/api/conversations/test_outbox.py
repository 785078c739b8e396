"""An SMS is sent once if the provider answers, again if it surely did not take it, and given up in the end."""

from uuid import UUID

from sqlalchemy import select, update

from api.conversations import outbox, silence
from api.conversations.outbox import NotSent, Sms
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

PHONE = "+33639980001"


class Provider:
    """Takes what it is told to take."""

    def __init__(self, refuses: bool = False) -> None:
        self.refuses, self.taken = refuses, list[UUID]()

    async def send(self, sms: Sms) -> None:
        """Keep the id, or refuse."""
        if self.refuses:
            raise NotSent
        self.taken.append(sms.id)


async def queued(database: Database) -> UUID:
    async with database.transaction() as session:
        row = OutgoingSms(phone=PHONE, sender="Hent", kind=SmsKind.reply, text="Bonjour")
        session.add(row)
        await session.flush()
        return row.id


async def due_again(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(next_attempt_at=now()))


async def status(database: Database) -> SmsStatus:
    async with database.transaction() as session:
        return (await session.scalars(select(OutgoingSms.status))).one()


async def test_what_was_taken_is_sent_once(database: Database, sealer: Sealer) -> None:
    await queued(database)
    provider = Provider()
    assert await outbox.send_due(database, sealer, provider) == 1
    await due_again(database)
    assert await outbox.send_due(database, sealer, provider) == 0
    assert len(provider.taken) == 1


async def test_what_was_refused_waits_then_goes(database: Database, sealer: Sealer) -> None:
    await queued(database)
    await outbox.send_due(database, sealer, Provider(refuses=True))
    assert await outbox.send_due(database, sealer, Provider()) == 0
    await due_again(database)
    await outbox.send_due(database, sealer, Provider())
    assert await status(database) is SmsStatus.sent


async def test_what_is_always_refused_ends_dead(database: Database, sealer: Sealer) -> None:
    await queued(database)
    for _ in range(len(outbox.PAUSES) + 1):
        await due_again(database)
        await outbox.send_due(database, sealer, Provider(refuses=True))
    assert await status(database) is SmsStatus.dead
    async with database.transaction() as session:
        assert await silence.is_silent(session, PHONE)


async def test_a_number_that_writes_is_not_dead_and_a_stop_stands(database: Database, sealer: Sealer) -> None:
    for why, silent in ((Silence.dead, False), (Silence.stop, True)):
        async with database.transaction() as session:
            await factories.authority(session)
            await silence.silence(session, PHONE, why)
        talk = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
        await talk.write("bonjour")
        async with database.transaction() as session:
            assert await silence.is_silent(session, PHONE) is silent


async def test_a_worker_that_died_while_sending_hands_over_the_same_id(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(status=SmsStatus.sending, attempts=1))
    provider = Provider()
    await outbox.send_due(database, sealer, provider)
    assert provider.taken == [sms_id]

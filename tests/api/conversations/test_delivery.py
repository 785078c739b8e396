"""An SMS is sent once if a provider answers, again if it surely was not taken, by another, and given up in the end."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.conversations import delivery, receipts, settling, silence
from api.conversations.delivery import PAUSES, UNFINISHED_AFTER, send_due
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Refused, Routes, Sms, Unsure, Why
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

    def __init__(self, error: Exception | None = None, *, repeats_safely: bool = True) -> None:
        self.error, self.taken = error, list[UUID]()
        self.repeats_safely, self.tells_all = repeats_safely, not repeats_safely
        self.hands_over_again = False

    async def send(self, sms: Sms) -> str | None:
        """Keep the id, or fail."""
        if self.error:
            raise self.error
        self.taken.append(sms.id)
        return f"theirs-{len(self.taken)}"


async def queued(database: Database, **given: Any) -> UUID:
    async with database.transaction() as session:
        made = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour"}
        row = OutgoingSms(**(made | given))
        session.add(row)
        await session.flush()
        return row.id


async def due_again(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(next_attempt_at=now()))


async def row_of(database: Database, sms_id: UUID) -> OutgoingSms:
    async with database.transaction() as session:
        return await session.get_one(OutgoingSms, sms_id)


async def status(database: Database) -> SmsStatus:
    async with database.transaction() as session:
        return (await session.scalars(select(OutgoingSms.status))).one()


async def told(database: Database, sms_id: UUID, what: SmsStatus, code: str = "") -> None:
    async with database.transaction() as session:
        await receipts.store(session, "demo", Told(str(sms_id), what, code))
    await receipts.apply_due(database)


async def test_what_was_taken_is_sent_once(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    provider = Provider()
    assert await send_due(database, sealer, Routes.only(provider)) == 1
    await due_again(database)
    assert await send_due(database, sealer, Routes.only(provider)) == 0
    assert provider.taken == [sms_id]
    row = await row_of(database, sms_id)
    assert (row.status, row.provider, row.provider_reference) == (SmsStatus.sent, "demo", "theirs-1")


async def test_what_was_refused_waits_then_goes(database: Database, sealer: Sealer) -> None:
    await queued(database)
    await send_due(database, sealer, Routes.only(Provider(NotSent())))
    assert await send_due(database, sealer, Routes.only(Provider())) == 0
    await due_again(database)
    await send_due(database, sealer, Routes.only(Provider()))
    assert await status(database) is SmsStatus.sent


async def test_what_is_always_refused_ends_dead_and_says_why(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    for _ in range(len(PAUSES) + 1):
        await due_again(database)
        await send_due(database, sealer, Routes.only(Provider(NotSent(Why.credentials))))
    row = await row_of(database, sms_id)
    assert (row.status, row.why) == (SmsStatus.dead, Why.credentials)
    async with database.transaction() as session:
        assert not await silence.is_silent(session, PHONE), "a provider that is down says nothing of a telephone"


async def test_what_will_never_be_taken_is_not_tried_again(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    await send_due(database, sealer, Routes.only(Provider(Refused(Why.no_such_number))))
    assert (await row_of(database, sms_id)).status is SmsStatus.dead
    async with database.transaction() as session:
        assert await silence.is_silent(session, PHONE)


@pytest.mark.parametrize("first", [NotSent(), Refused(Why.refused)])
async def test_the_second_provider_takes_what_the_first_surely_did_not(
    database: Database, sealer: Sealer, first: Exception
) -> None:
    sms_id = await queued(database, authority_code=None)
    second = Provider()
    routes = Routes({"one": Provider(first), "two": second}, {"*": ["one", "two"]})
    await send_due(database, sealer, routes)
    row = await row_of(database, sms_id)
    assert (second.taken, row.provider, row.status) == ([sms_id], "two", SmsStatus.sent)


async def test_what_may_have_left_is_never_given_to_another(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    second = Provider()
    routes = Routes({"one": Provider(Unsure(), repeats_safely=False), "two": second}, {"*": ["one", "two"]})
    await send_due(database, sealer, routes)
    await due_again(database)
    await send_due(database, sealer, routes)
    row = await row_of(database, sms_id)
    assert (second.taken, row.status, row.why) == ([], SmsStatus.unknown, Why.no_answer)
    await told(database, sms_id, SmsStatus.delivered)
    assert (await row_of(database, sms_id)).status is SmsStatus.delivered


async def test_an_authority_has_ways_of_its_own_and_pays_for_them(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        (await factories.authority(session)).sms_price = 45
    mine = await queued(database, authority_code="cd29", text="a" * 161)
    other = await queued(database, phone="+33639980002")
    providers = {"cd29": Provider(), "all": Provider()}
    await send_due(database, sealer, Routes(providers, {"cd29": ["cd29"], "*": ["all"]}))
    assert (providers["cd29"].taken, providers["all"].taken) == ([mine], [other])
    row = await row_of(database, mine)
    assert (row.segments, row.price) == (2, 90)
    assert (await row_of(database, other)).price is None


async def test_what_goes_to_one_number_goes_in_order(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        rows = [OutgoingSms(phone=PHONE, sender="Hent", kind=SmsKind.reply, text=str(n)) for n in range(12)]
        for row in rows:
            session.add(row)
            row.created_at = now()
    provider = Provider()
    await send_due(database, sealer, Routes.only(provider))
    assert provider.taken == [row.id for row in rows]


async def test_a_worker_that_died_while_sending_hands_over_the_same_id(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database, status=SmsStatus.sending, attempts=1, provider="demo")
    provider = Provider()
    await send_due(database, sealer, Routes.only(provider))
    assert provider.taken == [sms_id]


async def test_what_may_not_leave_twice_waits_for_a_receipt(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database, status=SmsStatus.sending, attempts=1, provider="demo")
    provider = Provider(repeats_safely=False)
    await send_due(database, sealer, Routes.only(provider))
    assert (provider.taken, await status(database)) == ([], SmsStatus.unknown)
    await told(database, sms_id, SmsStatus.accepted)
    assert await status(database) is SmsStatus.accepted


@pytest.mark.parametrize(
    ("accepted", "again"), [(settling.HEARD_FOR + timedelta(seconds=1), 1), (timedelta(seconds=1), 0), (None, 0)]
)
async def test_what_was_never_told_of_goes_again_a_while_after_a_later_one_was_accepted(
    database: Database, sealer: Sealer, accepted: timedelta | None, again: int
) -> None:
    provider = Provider(repeats_safely=False)
    lost = await queued(database, status=SmsStatus.sending, attempts=1, provider="demo")
    await send_due(database, sealer, Routes.only(provider))
    async with database.transaction() as session:
        (await session.get_one(OutgoingSms, lost)).next_attempt_at = now() - UNFINISHED_AFTER
    later = await queued(database, phone="+33639980002")
    await send_due(database, sealer, Routes.only(provider))
    if accepted:
        await told(database, later, SmsStatus.accepted)
    async with database.transaction() as session:
        if accepted:
            (await session.get_one(OutgoingSms, later)).accepted_at = now() - accepted
            await session.flush()
        assert await settling.settle(session, Routes.only(provider)) == again
    await send_due(database, sealer, Routes.only(provider))
    assert (lost in provider.taken) is bool(again)


async def test_a_receipt_that_overtakes_the_answer_is_not_undone(database: Database, sealer: Sealer) -> None:
    class Quick(Provider):
        """Its receipt is there before its answer."""

        async def send(self, sms: Sms) -> str | None:
            """Tell, then take."""
            await told(database, sms.id, SmsStatus.delivered)
            return await super().send(sms)

    sms_id = await queued(database)
    await delivery.send_due(database, sealer, Routes.only(Quick()))
    assert (await row_of(database, sms_id)).status is SmsStatus.delivered


async def test_a_number_that_writes_is_not_dead_and_a_stop_stands(database: Database, sealer: Sealer) -> None:
    for why, silent in ((Silence.dead, False), (Silence.stop, True)):
        async with database.transaction() as session:
            await factories.authority(session)
            await silence.silence(session, PHONE, why)
        talk = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
        await talk.write("bonjour")
        async with database.transaction() as session:
            assert await silence.is_silent(session, PHONE) is silent

"""Receipts come twice, late, early and in any order: an SMS only ever goes forward."""

from itertools import permutations
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from api.conversations import receipts, silence
from api.conversations.receipts import FORWARD, Told, after
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsReceipt, SmsStatus
from api.core.database import Database

PHONE = "+33639980001"
STATUSES = st.sampled_from(list(SmsStatus))


def fold(current: SmsStatus, told: list[SmsStatus]) -> SmsStatus:
    for one in told:
        current = after(current, one)
    return current


def test_every_status_has_its_place() -> None:
    assert sorted(FORWARD) == sorted(SmsStatus)


@given(STATUSES, st.lists(STATUSES, max_size=6), st.randoms())
def test_neither_order_nor_repetition_counts(current: SmsStatus, told: list[SmsStatus], chance: object) -> None:
    shuffled = told * 2
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(current, shuffled) == fold(current, told)


@given(STATUSES, st.lists(STATUSES, max_size=6))
def test_nothing_goes_backwards(current: SmsStatus, told: list[SmsStatus]) -> None:
    for one in told:
        before, current = current, after(current, one)
        assert FORWARD.index(current) >= FORWARD.index(before)


@given(st.lists(STATUSES, max_size=6))
def test_what_was_delivered_stays_so(told: list[SmsStatus]) -> None:
    assert fold(SmsStatus.delivered, told) is SmsStatus.delivered


async def outgoing(database: Database, **given: object) -> OutgoingSms:
    async with database.transaction() as session:
        row = OutgoingSms(phone=PHONE, sender="Hent", kind=SmsKind.reply, text="Bonjour", **given)
        session.add(row)
        await session.flush()
        return row


async def tell(database: Database, reference: str, status: SmsStatus, code: str = "") -> None:
    async with database.transaction() as session:
        await receipts.store(session, "kannel", Told(reference, status, code))


async def again(database: Database, row: OutgoingSms) -> OutgoingSms:
    async with database.transaction() as session:
        return await session.get_one(OutgoingSms, row.id)


async def test_accepted_and_delivered_end_the_same_in_any_order_and_doubled(database: Database) -> None:
    for order in permutations([SmsStatus.accepted, SmsStatus.accepted, SmsStatus.delivered]):
        row = await outgoing(database, status=SmsStatus.sent)
        for status in order:
            await tell(database, str(row.id), status)
            await receipts.apply_due(database)
        known = await again(database, row)
        assert known.status is SmsStatus.delivered
        assert known.accepted_at is not None
        assert known.ended_at is not None


async def test_a_receipt_waits_for_a_message_that_is_not_known_yet(database: Database) -> None:
    await tell(database, "theirs-7", SmsStatus.delivered)
    await tell(database, str(uuid4()), SmsStatus.failed)
    assert await receipts.apply_due(database) == 0
    row = await outgoing(database, status=SmsStatus.sent, provider="kannel", provider_reference="theirs-7")
    assert await receipts.apply_due(database) == 1
    assert (await again(database, row)).status is SmsStatus.delivered
    async with database.transaction() as session:
        waiting = select(SmsReceipt.status).where(SmsReceipt.applied_at.is_(None))
        assert list(await session.scalars(waiting)) == [SmsStatus.failed]


async def test_another_provider_s_receipt_is_not_ours(database: Database) -> None:
    await outgoing(database, status=SmsStatus.sent, provider="brevo", provider_reference="theirs-7")
    await tell(database, "theirs-7", SmsStatus.delivered)
    assert await receipts.apply_due(database) == 0


async def test_a_failure_says_why_and_two_in_a_row_leave_the_number_alone(database: Database) -> None:
    for silent in (False, True):
        row = await outgoing(database, status=SmsStatus.sent)
        await tell(database, str(row.id), SmsStatus.failed, "unreachable")
        await receipts.apply_due(database)
        assert (await again(database, row)).why == "unreachable"
        async with database.transaction() as session:
            assert await silence.is_silent(session, PHONE) is silent


async def test_a_number_that_does_not_exist_is_left_alone_at_once_and_one_that_hears_is_not(database: Database) -> None:
    for status, code, silent in ((SmsStatus.failed, "no_such_number", True), (SmsStatus.delivered, "", False)):
        row = await outgoing(database, status=SmsStatus.sent)
        await tell(database, str(row.id), status, code)
        await receipts.apply_due(database)
        async with database.transaction() as session:
            assert await silence.is_silent(session, PHONE) is silent

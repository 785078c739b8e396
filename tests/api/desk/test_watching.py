"""A desk that shows a thread hears when an SMS of it has left, is lost, or waits again."""

import asyncio
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from sqlalchemy import select

from api.conversations import receipts, settling, untold
from api.conversations.delivery import UNFINISHED_AFTER, send_due
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Refused, Routes, Unsure
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.desk import acting, feed
from api.desk.tables import FeedKind
from tests.api.conversations.test_delivery import Provider, due_again, queued
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

PHONE = "+33639980077"


@pytest_asyncio.fixture
async def request_id(team: Team, database: Database, sealer: Sealer, rasa: ScriptedRasa) -> UUID:
    """Asked by SMS, taken by Nolwenn, who has answered; all of it told already."""
    talk = await Talk(database, sealer, rasa.client()).ring(PHONE)
    async with database.transaction() as session:
        asked = await ask(session, team, talk.id)
    await done(database, acting.take, team.nolwenn, asked.id)
    await talk.telephone(PHONE)
    await done(database, acting.reply, team.nolwenn, asked.id, reference=str(uuid4()), text="Je vous écoute.")
    return asked.id


async def heard(database: Database, team: Team) -> int:
    """The number of what was told last."""
    async with database.transaction() as session:
        return await feed.last(session, team.nolwenn.organisation_id)


async def news(database: Database, team: Team, after: int) -> list[tuple[FeedKind, UUID, bool]]:
    async with database.transaction() as session:
        told = await feed.since(session, team.nolwenn.organisation_id, after)
        return [(one.kind, one.escalation_id, one.rings) for one in told]


async def answer_of(database: Database) -> UUID:
    async with database.transaction() as session:
        last = select(OutgoingSms.id).where(OutgoingSms.phone == PHONE).order_by(OutgoingSms.created_at.desc())
        return (await session.scalars(last.limit(1))).one()


async def tell(database: Database, *statuses: SmsStatus) -> None:
    sms_id = await answer_of(database)
    async with database.transaction() as session:
        for status in statuses:
            await receipts.store(session, "demo", Told(str(sms_id), status))
    await receipts.apply_due(database)


@pytest.mark.parametrize("error", [None, Refused(), Unsure()])
async def test_that_it_left_or_will_not_is_told_and_rings_for_nobody(
    team: Team, database: Database, sealer: Sealer, request_id: UUID, error: Exception | None
) -> None:
    before = await heard(database, team)
    await send_due(database, sealer, Routes.only(Provider(error, repeats_safely=False)))
    assert await news(database, team, before) == [(FeedKind.message, request_id, False)]


async def test_what_is_tried_again_looks_the_same_and_is_not_told(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    before = await heard(database, team)
    await send_due(database, sealer, Routes.only(Provider(NotSent())))
    assert await news(database, team, before) == []


async def test_a_receipt_is_told_only_if_the_thread_looks_other(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    await send_due(database, sealer, Routes.only(Provider()))
    before = await heard(database, team)
    await tell(database, SmsStatus.accepted)
    assert await news(database, team, before) == []
    await tell(database, SmsStatus.failed)
    assert len(await news(database, team, before)) == 1
    await tell(database, SmsStatus.delivered)
    assert len(await news(database, team, before)) == 2


async def test_several_receipts_at_once_are_told_once(team: Team, database: Database, request_id: UUID) -> None:
    before = await heard(database, team)
    await tell(database, SmsStatus.accepted, SmsStatus.delivered)
    assert len(await news(database, team, before)) == 1


async def test_a_worker_that_died_while_sending_leaves_no_mark_that_lies(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    async with database.transaction() as session:
        row = await session.get_one(OutgoingSms, await answer_of(database))
        row.status, row.provider = SmsStatus.sending, "demo"
    before = await heard(database, team)
    await send_due(database, sealer, Routes.only(Provider(repeats_safely=False)))
    assert len(await news(database, team, before)) == 1


async def test_what_goes_again_waits_again(team: Team, database: Database, sealer: Sealer, request_id: UUID) -> None:
    provider = Provider(Unsure(), repeats_safely=False)
    await send_due(database, sealer, Routes.only(provider))
    async with database.transaction() as session:
        (await session.get_one(OutgoingSms, await answer_of(database))).next_attempt_at = now() - UNFINISHED_AFTER
    provider.error = None
    other = await queued(database)
    await send_due(database, sealer, Routes.only(provider))
    async with database.transaction() as session:
        await receipts.store(session, "demo", Told(str(other), SmsStatus.accepted))
    await receipts.apply_due(database)
    before = await heard(database, team)
    async with database.transaction() as session:
        (await session.get_one(OutgoingSms, other)).accepted_at = now() - 2 * settling.HEARD_FOR
        await session.flush()
        assert await settling.settle(session, Routes.only(provider)) == 1
    assert await news(database, team, before) == [(FeedKind.message, request_id, False)]


async def test_what_nobody_tells_of_any_more_loses_its_mark(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    await send_due(database, sealer, Routes.only(Provider()))
    await queued(database, provider="demo", status=SmsStatus.delivered, ended_at=now())
    before = await heard(database, team)
    async with database.transaction() as session:
        (await session.get_one(OutgoingSms, await answer_of(database))).sent_at = now() - 2 * untold.PATIENCE
        await session.flush()
        assert await untold.settle(session) == 1
    assert await news(database, team, before) == [(FeedKind.message, request_id, False)]


async def test_a_last_answer_is_told_of_after_the_request_was_closed(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    await done(database, acting.close, team.nolwenn, request_id)
    before = await heard(database, team)
    await send_due(database, sealer, Routes.only(Provider()))
    assert await news(database, team, before) == [(FeedKind.message, request_id, False)]


async def test_nothing_is_told_of_an_sms_of_no_thread(
    team: Team, database: Database, sealer: Sealer, request_id: UUID
) -> None:
    await send_due(database, sealer, Routes.only(Provider()))
    before = await heard(database, team)
    await queued(database)
    await due_again(database)
    await send_due(database, sealer, Routes.only(Provider()))
    assert await news(database, team, before) == []


async def test_answers_messages_receipts_and_sendings_at_once_wait_in_no_ring(
    team: Team, database: Database, sealer: Sealer, rasa: ScriptedRasa, request_id: UUID
) -> None:
    talk = await Talk(database, sealer, rasa.client()).ring(PHONE)
    await send_due(database, sealer, Routes.only(Provider()))
    sms_id = await answer_of(database)
    before = await heard(database, team)
    for status in (SmsStatus.accepted, SmsStatus.failed, SmsStatus.delivered):
        async with database.transaction() as session:
            await receipts.store(session, "demo", Told(str(sms_id), status))
        replies = [done(database, acting.reply, team.nolwenn, request_id, reference=str(uuid4())) for _ in range(3)]
        sendings = [send_due(database, sealer, Routes.only(Provider())) for _ in range(2)]
        applied = [receipts.apply_due(database) for _ in range(2)]
        await asyncio.gather(*replies, *sendings, *applied, talk.write("merci"), talk.write("et demain ?"))
    numbers = await news(database, team, before)
    # What the person wrote rings, and nothing else does.
    assert sum(rings for *_, rings in numbers) == 6
    assert await heard(database, team) == before + len(numbers)

"""A desk that reads on from its last number misses nothing, whoever writes at the same time."""

import asyncio
from random import Random
from uuid import UUID

from sqlalchemy import delete

from api.core.database import Database
from api.desk import acting, feed
from api.desk.tables import FeedEvent, FeedKind
from api.escalations.tables import Reason
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.talking import Talk

WRITERS, EACH = 20, 5


async def numbers(database: Database, team: Team, after: int = 0) -> list[int]:
    async with database.transaction() as session:
        return [event.number for event in await feed.since(session, team.nolwenn.organisation_id, after)]


async def kinds(database: Database, team: Team, after: int = 0) -> list[FeedKind]:
    async with database.transaction() as session:
        return [event.kind for event in await feed.since(session, team.nolwenn.organisation_id, after)]


async def publish(database: Database, team: Team, request_id: UUID, pause: float = 0.0) -> None:
    async with database.transaction() as session:
        await feed.publish(session, team.nolwenn.organisation_id, feed.News(FeedKind.message, request_id))
        # The number is given, and its feed held, a while before it is committed.
        await feed.number(session)
        await asyncio.sleep(pause)


async def test_numbers_come_in_the_order_of_commits_and_without_a_gap(
    team: Team, database: Database, request_id: UUID
) -> None:
    random = Random(3)
    seen = await numbers(database, team)

    async def write() -> None:
        for _ in range(EACH):
            await publish(database, team, request_id, random.uniform(0, 0.005))

    async def refused() -> None:
        async with database.sessions() as session:
            await feed.publish(session, team.nolwenn.organisation_id, feed.News(FeedKind.message, request_id))
            await feed.number(session)
            await session.rollback()

    writing = asyncio.gather(*(write() for _ in range(WRITERS)), *(refused() for _ in range(5)))
    while len(seen) < 1 + WRITERS * EACH:
        # Whatever is seen is all that there is up to it: nothing smaller may appear later.
        seen += await numbers(database, team, seen[-1])
        assert seen == list(range(1, len(seen) + 1))
    await writing
    assert await numbers(database, team, seen[-1]) == []


async def test_two_that_tell_the_same_two_organisations_wait_for_each_other_in_no_circle(
    team: Team, database: Database, request_id: UUID
) -> None:
    both = [team.nolwenn.organisation_id, team.stranger.organisation_id]
    have_told = asyncio.Barrier(2)

    async def tell(first: UUID, second: UUID) -> None:
        async with database.transaction() as session:
            await feed.publish(session, first, feed.News(FeedKind.message, request_id))
            await have_told.wait()
            await feed.publish(session, second, feed.News(FeedKind.message, request_id))

    before = await numbers(database, team)
    await asyncio.gather(tell(*both), tell(*reversed(both)))
    assert len(await numbers(database, team)) == len(before) + 2
    async with database.transaction() as session:
        assert await feed.last(session, team.stranger.organisation_id) == 2


async def test_a_feed_is_held_by_nobody_who_waits_for_something_else(
    team: Team, database: Database, request_id: UUID
) -> None:
    async with database.transaction() as slow:
        await feed.publish(slow, team.nolwenn.organisation_id, feed.News(FeedKind.message, request_id))
        await asyncio.wait_for(publish(database, team, request_id), 4)


async def test_it_tells_two_hundred_at_once(team: Team, database: Database, request_id: UUID) -> None:
    async with database.transaction() as session:
        for _ in range(feed.AT_ONCE):
            await feed.publish(session, team.nolwenn.organisation_id, feed.News(FeedKind.message, request_id))
    assert len(await numbers(database, team)) == feed.AT_ONCE
    assert await numbers(database, team, feed.AT_ONCE) == [feed.AT_ONCE + 1]


async def test_what_the_person_writes_is_heard_while_the_request_is_open(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await talk.write("bonjour")
    await done(database, acting.close, team.nolwenn, request_id)
    await talk.write("encore moi")
    heard = [FeedKind.escalation, FeedKind.message, FeedKind.escalation]
    assert await kinds(database, team) == heard


async def test_every_change_is_told_to_the_organisation_and_to_no_other(
    team: Team, database: Database, request_id: UUID
) -> None:
    told = 1
    for act in (acting.take, acting.reply, acting.give_back, acting.close, acting.reopen):
        await done(database, act, team.nolwenn, request_id)
        told += 1
        assert len(await numbers(database, team)) == told
    async with database.transaction() as session:
        assert await feed.since(session, team.stranger.organisation_id, 0) == []


async def test_what_is_said_because_of_one_request_is_heard_by_whoever_reads_another_of_the_same_conversation(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async with database.transaction() as session:
        other = (await ask(session, team, talk.id, Reason.callback)).id
    read = 0
    for act in (acting.take, acting.reply, acting.hand_back):
        read = (await numbers(database, team, read))[-1]
        await done(database, act, team.nolwenn, request_id)
        async with database.transaction() as session:
            told = await feed.since(session, team.nolwenn.organisation_id, read)
        assert {event.escalation_id for event in told} == {request_id, other}
        assert not any(event.rings for event in told)


async def test_the_same_asked_again_is_told_again(team: Team, database: Database, talk: Talk, request_id: UUID) -> None:
    async with database.transaction() as session:
        assert (await ask(session, team, talk.id)).id == request_id
    assert len(await numbers(database, team)) == 2


async def test_what_is_not_kept_any_more_is_too_old(team: Team, database: Database, request_id: UUID) -> None:
    for _ in range(3):
        await publish(database, team, request_id)

    async def too_old() -> list[int]:
        async with database.transaction() as session:
            whose = team.nolwenn.organisation_id
            return [after for after in range(6) if await feed.too_old(session, whose, after)]

    assert await too_old() == [5]
    async with database.transaction() as session:
        await session.execute(delete(FeedEvent).where(FeedEvent.number <= 2))
    assert await too_old() == [0, 1, 5]
    async with database.transaction() as session:
        await session.execute(delete(FeedEvent))
        assert not await feed.too_old(session, team.stranger.organisation_id, 0)
    assert await too_old() == [0, 1, 2, 3, 5]

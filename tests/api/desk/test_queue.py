"""Who waits is seen in the order of what was promised, by their own organisation, at once however many they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import Role
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotAllowedHere
from api.desk import acting, feed
from api.desk.queue import Counts, QueuePage, Wanted, queue
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Priority, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.talking import Talk


async def seen(database: Database, team: Team, **given: Any) -> QueuePage:
    async with database.transaction() as session:
        who, after = given.pop("who", team.nolwenn), given.pop("after", 0)
        return await queue(session, who, Wanted(**given), after)


def lines(page: QueuePage) -> list[str]:
    return [item.line for item in page.items]


async def waiting(session: AsyncSession, team: Team, line: str, days: float, **given: Any) -> UUID:
    """A request whose answer is due in so many days."""
    row = {
        "id": uuid4(),
        "authority_code": factories.AUTHORITY,
        "organisation_id": team.nolwenn.organisation_id,
        "channel": Channel.web,
        "reason": Reason.asked,
        "kind": Kind.to_answer,
        "line": line,
        "due_at": now() + timedelta(days=days),
    } | given
    await session.execute(insert(Escalation).values(row))
    await session.execute(insert(EscalationEvent).values(escalation_id=row["id"], seq=1, event=Event.opened))
    return UUID(str(row["id"]))


async def test_what_is_to_be_answered_comes_first_then_what_is_late(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await waiting(session, team, "à savoir", -9, kind=Kind.to_know)
        await waiting(session, team, "demain", 1)
        await waiting(session, team, "en retard", -1)
        await waiting(session, team, "ailleurs", -20, organisation_id=team.stranger.organisation_id)
    page = await seen(database, team)
    assert (lines(page), page.total) == (["en retard", "demain", "à savoir"], 3)
    assert [item.late for item in page.items] == [True, False, False]


async def test_what_is_urgent_comes_first_and_what_waits_for_the_person_after_what_waits_for_us(
    team: Team, database: Database
) -> None:
    async with database.transaction() as session:
        await waiting(session, team, "à savoir", -9, kind=Kind.to_know)
        await waiting(session, team, "répondu", -5, answered_at=now())
        await waiting(session, team, "demain", 1, priority=Priority.high)
        await waiting(session, team, "en retard", -1)
        await waiting(session, team, "urgent", 2, priority=Priority.urgent)
    page = await seen(database, team)
    assert lines(page) == ["urgent", "en retard", "demain", "répondu", "à savoir"]
    assert [item.turn for item in page.items] == ["ours", "ours", "ours", "person", "ours"]
    # Whoever was answered in time is not late because the day has passed.
    assert [item.line for item in page.items if item.late] == ["en retard"]


async def test_each_filter_keeps_what_it_names_and_no_count_depends_on_it(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        plain = await waiting(session, team, "a", 1)
        await waiting(session, team, "b", 1, kind=Kind.to_know, reason=Reason.letter)
        await waiting(session, team, "c", -1, channel=Channel.sms, priority=Priority.urgent)
        await waiting(session, team, "d", -1, snoozed_until=now() + timedelta(days=1), priority=Priority.urgent)
        await waiting(session, team, "e", 1, assigned_id=team.nolwenn.id)
        await waiting(session, team, "f", 1, assigned_id=team.nolwenn.id, owner_id=team.ronan.id)
    await done(database, acting.take, team.nolwenn, plain)
    counts = Counts(open=5, mine=1, for_me=1, to_know=1, snoozed=1, late=1, urgent=1)
    wanted: list[tuple[dict[str, Any], str]] = [
        ({}, "caefb"),
        ({"state": "mine"}, "a"),
        ({"state": "for_me"}, "e"),
        ({"state": "snoozed"}, "d"),
        ({"state": "closed"}, ""),
        ({"kind": Kind.to_know}, "b"),
        ({"reason": Reason.letter}, "b"),
        ({"priority": Priority.urgent}, "c"),
        ({"channel": Channel.sms}, "c"),
        ({"late": True}, "c"),
        ({"late": True, "state": "mine"}, ""),
    ]
    for given, found in wanted:
        page = await seen(database, team, **given)
        assert (sorted(lines(page)), page.total) == (sorted(found), len(found)), given
        assert page.counts == counts, given


async def test_several_requests_of_one_person_are_several_lines(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        for reason in (Reason.asked, Reason.letter):
            await ask(session, team, reason=reason)
    items = (await seen(database, team)).items
    assert ({item.person_id for item in items}, len(items)) == ({team.person.id}, 2)
    assert {item.authority for item in items} == {"Département du Finistère"}


async def test_what_is_mine_and_what_is_closed_have_their_own_lists(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        mine, theirs, first, last = [await waiting(session, team, line, 1) for line in ("a", "b", "c", "d")]
    await done(database, acting.take, team.nolwenn, mine)
    await done(database, acting.take, team.ronan, theirs)
    for shut in (first, last):
        await done(database, acting.close, team.ronan, shut)
    page = await seen(database, team)
    assert (lines(page), [item.mine for item in page.items]) == (["a", "b"], [True, False])
    assert lines(await seen(database, team, state="mine")) == ["a"]
    assert set(lines(await seen(database, team, state="closed"))) == {"c", "d"}
    owners = [item.owner.name for item in (await seen(database, team)).items if item.owner]
    assert owners == [team.nolwenn.name, team.ronan.name]


async def test_it_says_which_ones_one_has_answered(team: Team, database: Database, request_id: UUID) -> None:
    await done(database, acting.take, team.ronan, request_id)
    await done(database, acting.reply, team.ronan, request_id)
    assert (await seen(database, team, who=team.ronan)).items[0].answered_by_me
    assert not (await seen(database, team)).items[0].answered_by_me


@pytest.mark.parametrize(
    ("search", "found"),
    [("LE GÔFF", True), ("maelle goff", True), ("Quelqu'un", True), ("goff train", False), ("%", False), ("_", False)],
)
async def test_somebody_is_found_by_their_name_or_their_words(
    search: str, found: bool, team: Team, database: Database, request_id: UUID
) -> None:
    page = await seen(database, team, search=search)
    assert [item.id for item in page.items] == ([request_id] if found else [])
    assert (await seen(database, team, search=search, who=team.stranger)).total == 0


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("électricité", True),
        ("ELECTRICITE coupures", True),
        ("l’hiver", True),
        ("courrier", False),
        ("electricite loyer", False),
        ('"coupure d\'électricité"', True),
        ('"électricité coupure"', False),
        ("loyer or coupure", True),
        ("électricité -hiver", False),
        ("le la les", False),
        ("' & | ! ( :*", False),
    ],
)
async def test_what_was_said_is_found_in_french_without_accents_whatever_the_ending(
    search: str, found: bool, team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await talk.write("Une coupure d'électricité en plein hiver")
    await talk.write("Mon loyer augmente")
    page = await seen(database, team, search=search)
    assert ([item.id for item in page.items], page.total) == (([request_id], 1) if found else ([], 0))
    assert (await seen(database, team, search=search, who=team.stranger)).total == 0


async def test_from_its_cursor_on_the_feed_tells_the_rest(team: Team, database: Database, request_id: UUID) -> None:
    cursor = (await seen(database, team)).cursor
    await done(database, acting.take, team.nolwenn, request_id)
    async with database.transaction() as session:
        told = await feed.since(session, team.nolwenn.organisation_id, cursor)
    assert [one.escalation_id for one in told] == [request_id]


@pytest.mark.parametrize("role", [Role.administrator, Role.auditor])
async def test_a_role_that_reads_no_message_sees_no_queue(role: Role, team: Team, database: Database) -> None:
    with pytest.raises(NotAllowedHere):
        await seen(database, team, who=replace(team.nolwenn, role=role))


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of PostgreSQL."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)

"""Asking for a human: once while it is open, with an honest delay, and never lost."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.notices import add as add_notice
from api.authorities.tables import NoticeKind
from api.core.clock import PARIS
from api.core.database import Database
from api.desk import feed
from api.desk.acting import close_unsigned
from api.escalations.events import thread_of
from api.escalations.promises import Promise
from api.escalations.service import Asked, ask_human, still_open
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Priority, Reason
from api.privacy.audience import Channel
from tests import factories

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


async def asked(session: AsyncSession, **given: object) -> Asked:
    team = await factories.organisation(session, hours={"mon": [["09:00", "12:00"]]})
    person = await factories.person(session, organisation_id=team.id)
    made = Asked(Reason.asked, "je veux parler à\nquelqu'un", person.authority_code, Channel.web, person=person)
    return replace(made, **given)  # type: ignore[arg-type]


async def test_a_request_says_who_what_and_by_when(session: AsyncSession) -> None:
    promise = await ask_human(session, await asked(session), NOW)

    assert promise.fresh
    assert promise.escalation.line == "je veux parler à quelqu'un"
    assert not promise.open_now
    assert promise.opens_at == datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)
    # Open on Mondays alone: the next one is counted from, then two more.
    assert promise.escalation.due_at.astimezone(PARIS).date().isoformat() == "2026-12-14"


async def test_nothing_is_promised_of_a_day_that_a_notice_closes(session: AsyncSession) -> None:
    await factories.authority(session)
    monday = datetime(2026, 11, 30, tzinfo=PARIS)
    text = "Nos bureaux sont fermés lundi. Appelez le 02 61 91 00 01."
    await add_notice(session, "cd29", NoticeKind.closure, text, (monday, monday + timedelta(days=1)))
    session.expire_all()
    promise = await ask_human(session, await asked(session), NOW)

    assert promise.opens_at == datetime(2026, 12, 7, 9, 0, tzinfo=PARIS)
    assert promise.escalation.due_at.astimezone(PARIS).date().isoformat() == "2026-12-21"


async def test_the_same_request_again_is_the_first_one(session: AsyncSession) -> None:
    request = await asked(session)
    first = await ask_human(session, request, NOW)
    again = await ask_human(session, request, NOW)

    assert again.escalation.id == first.escalation.id
    assert again.facts["again"] is True
    events = select(EscalationEvent.event).order_by(EscalationEvent.seq)
    assert list(await session.scalars(events)) == ["opened", "repeated"]


async def test_once_closed_it_may_be_asked_again(session: AsyncSession) -> None:
    request = await asked(session)
    first = await ask_human(session, request, NOW)
    await close_unsigned(session, first.escalation.id, "rappelée", NOW)
    await close_unsigned(session, first.escalation.id, None, NOW)
    second = await ask_human(session, request, NOW)

    assert second.escalation.id != first.escalation.id
    assert [row.id for row in await still_open(session)] == [second.escalation.id]


async def test_two_courses_are_two_requests(session: AsyncSession) -> None:
    request = await asked(session, reason=Reason.training_application, line="CAP cuisine")
    await ask_human(session, request, NOW)
    await ask_human(session, replace(request, line="CAP boulanger"), NOW)
    await ask_human(session, replace(request, line="CAP cuisine"), NOW)

    assert sorted(row.line for row in await still_open(session)) == ["CAP boulanger", "CAP cuisine"]


async def test_what_is_only_to_be_known_never_swallows_what_waits_for_an_answer(session: AsyncSession) -> None:
    about = await asked(session, reason=Reason.hindrance, line="Ne veut plus de SMS.")
    known = (await ask_human(session, replace(about, to_know=True), NOW)).escalation
    other = (await ask_human(session, replace(about, to_know=True, line="Numéro à vérifier."), NOW)).escalation
    waits = (await ask_human(session, replace(about, line="je n'ai plus de voiture"), NOW)).escalation
    assert len({known.id, other.id, waits.id}) == 3
    assert [row.kind for row in (known, other, waits)] == [Kind.to_know, Kind.to_know, Kind.to_answer]
    assert [row.priority for row in (known, waits)] == [Priority.normal, Priority.high]


async def test_what_somebody_unknown_asks_is_in_the_queue_of_the_first_team_by_its_name(session: AsyncSession) -> None:
    request = await asked(session, person=None, conversation_id=(await factories.conversation(session)).id)
    first = await factories.organisation(session, name="Antenne de Brest")
    row = (await ask_human(session, request, NOW)).escalation

    assert row.organisation_id == first.id
    assert [told.escalation_id for told in await feed.since(session, first.id, 0)] == [row.id]


async def test_what_a_person_asks_is_in_the_queue_of_their_team(session: AsyncSession) -> None:
    request = await asked(session)
    await factories.organisation(session, name="Antenne de Brest")
    row = (await ask_human(session, request, NOW)).escalation

    assert request.person
    assert row.organisation_id == request.person.organisation_id


async def test_twenty_at_the_same_instant_open_one(database: Database) -> None:
    async with database.transaction() as session:
        request = await asked(session)

    async def ask() -> None:
        async with database.transaction() as session:
            await ask_human(session, request, NOW)

    await asyncio.gather(*(ask() for _ in range(20)))
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Escalation)) == 1


async def test_a_thread_is_never_rewritten(session: AsyncSession) -> None:
    await ask_human(session, await asked(session), NOW)
    with pytest.raises(DBAPIError, match="append-only"):
        await session.execute(update(EscalationEvent).values(text="autre chose"))


async def test_what_is_closed_at_the_same_moment_is_not_promised_again(database: Database) -> None:
    async with database.transaction() as session:
        request = await asked(session)
        first = (await ask_human(session, request, NOW)).escalation.id

    async def ask() -> Promise:
        async with database.transaction() as session:
            return await ask_human(session, request, NOW)

    async with database.transaction() as desk:
        await close_unsigned(desk, first, "rappelée", NOW)
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0.2)
        assert not waiting.done()
    promise = await waiting
    assert promise.fresh
    assert promise.escalation.id != first


async def test_asked_again_it_is_answered_where_the_person_is_now(session: AsyncSession) -> None:
    old, new = await factories.conversation(session), await factories.conversation(session)
    request = await asked(session)
    first = (await ask_human(session, replace(request, conversation_id=old.id), NOW)).escalation
    again = (await ask_human(session, replace(request, conversation_id=new.id), NOW)).escalation
    assert (again.id, again.conversation_id) == (first.id, new.id)


async def test_what_a_caseworker_answers_elsewhere_is_another_request(session: AsyncSession) -> None:
    old, new = await factories.conversation(session), await factories.conversation(session)
    request = await asked(session)
    first = (await ask_human(session, replace(request, conversation_id=old.id), NOW)).escalation
    first.owner_id = (await factories.caseworker(session)).id
    await session.flush()
    here = await ask_human(session, replace(request, conversation_id=old.id), NOW)
    there = await ask_human(session, replace(request, conversation_id=new.id), NOW)
    assert here.escalation.id == first.id
    assert here.who["answered_by"] == "Nolwenn Kerdoncuff"
    assert there.fresh


async def test_something_more_pressing_raises_what_is_open_and_nothing_lowers_it(session: AsyncSession) -> None:
    request = await asked(session)
    row = (await ask_human(session, request, NOW)).escalation
    seen = []
    for about in ("", "rsa_suspended", "rsa_suspended", "greet"):
        seen.append((await ask_human(session, replace(request, about=about), NOW)).escalation.priority)
    assert seen == [Priority.normal, Priority.high, Priority.high, Priority.high]
    raised = [one.event for one in await thread_of(session, row.id) if one.event is Event.raised]
    assert len(raised) == 1


async def test_a_promise_that_was_not_kept_is_said_to_be_late(session: AsyncSession) -> None:
    request = await asked(session)
    assert not (await ask_human(session, request, NOW)).facts["late"]
    assert (await ask_human(session, request, NOW + timedelta(days=60))).facts["late"]


async def test_what_cannot_wait_is_due_on_the_first_day_that_somebody_is_there(session: AsyncSession) -> None:
    row = (await ask_human(session, await asked(session, reason=Reason.urgent), NOW)).escalation
    assert row.due_at.astimezone(PARIS).date().isoformat() == "2026-11-30"

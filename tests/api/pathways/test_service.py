"""Where a person stands on a day, read from the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.outlook import NEXT, NONE, Outlook
from api.core.clock import PARIS
from api.pathways.delays import Delay, Term
from api.pathways.service import Situation, categories_of, limits_in, situation
from api.pathways.state import Stage
from api.pathways.tables import FactKind
from tests import factories
from tests.api.pathways.journals import live

NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)
NOTHING, SOMETHING = Outlook(NONE), Outlook(NEXT)


def ends(days: int) -> dict[str, str]:
    return {"ends_on": (NOW.date() + timedelta(days=days)).isoformat()}


async def test_whoever_has_no_journal_stands_nowhere_and_waits_for_nothing(session: AsyncSession) -> None:
    found = await situation(session, await factories.person(session), NOW)

    assert (found.state.stage, found.wait, found.contract) == (Stage.unknown, None, None)
    assert found.authority == "Département du Finistère"


async def test_forty_seven_days_are_more_than_six_weeks(session: AsyncSession) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (FactKind.known, 47, None))

    found = await situation(session, person, NOW)

    assert found.wait
    assert (found.wait.delay, found.wait.days, found.wait.overdue) == (Delay.orientation, 47, True)
    assert found.needs_appointment(NOTHING)
    assert not found.needs_appointment(SOMETHING)


async def test_nobody_is_asked_for_anything_within_the_delay(session: AsyncSession) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (FactKind.known, 42, None))

    assert not (await situation(session, person, NOW)).needs_appointment(NOTHING)
    assert not Situation((await situation(session, person, NOW)).state).needs_appointment(NOTHING)


async def test_the_day_is_the_one_in_brittany(session: AsyncSession) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (FactKind.known, 42, None))
    last_minute = datetime(2026, 11, 25, 22, 59, tzinfo=UTC)

    for moment, overdue in ((last_minute, False), (last_minute + timedelta(minutes=1), True)):
        found = await situation(session, person, moment)
        assert found.wait
        assert found.wait.overdue is overdue


async def test_the_name_told_after_a_move_is_that_of_where_they_moved(session: AsyncSession) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (FactKind.oriented, 90, {"path": "social", "organisation": str(person.id)}))
    await live(session, person, NOW, (FactKind.moved, 21, {"authority": "cd44"}))

    found = await situation(session, person, NOW)

    assert (found.state.stage, found.state.path, found.authority) == (Stage.moved, None, None)


def test_the_limits_come_from_the_dated_facts() -> None:
    assert (limits_in("29").orientation_weeks, limits_in(None).contract_sign_months) == (6, 1)


@pytest.mark.parametrize(
    ("kind", "ago", "detail", "first"),
    [
        (FactKind.known, 10, None, "rsa_orientation"),
        (FactKind.moved, 10, {"authority": "cd56"}, "rsa_orientation"),
        (FactKind.notified, 10, None, "rsa_cer_signature"),
        (FactKind.contract_signed, 100, ends(200), "rsa_follow_up"),
        (FactKind.contract_signed, 100, ends(20), "rsa_cer_signature"),
        (FactKind.contract_signed, 100, ends(-3), "rsa_cer_signature"),
        (FactKind.contract_ended, 10, None, "rsa_cer_signature"),
    ],
)
async def test_a_stage_calls_for_its_kinds_of_appointment(
    session: AsyncSession, kind: FactKind, ago: int, detail: dict[str, str] | None, first: str
) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (kind, ago, detail))

    assert (await categories_of(session, person.id, NOW))[0] == first


async def test_a_stage_that_is_not_known_takes_any_and_a_closed_pathway_none(session: AsyncSession) -> None:
    person = await factories.person(session)
    assert len(await categories_of(session, person.id, NOW)) == 4

    await live(session, person, NOW, (FactKind.closed, 1, None))
    assert await categories_of(session, person.id, NOW) == ()


async def test_a_contract_that_has_run_its_time_is_ended_without_a_fact(session: AsyncSession) -> None:
    person = await factories.person(session)
    await live(session, person, NOW, (FactKind.contract_signed, 190, ends(-10)))

    found = await situation(session, person, NOW)

    assert found.contract
    assert (found.contract.term, found.contract.ends_on) == (Term.ended, date(2026, 11, 15))

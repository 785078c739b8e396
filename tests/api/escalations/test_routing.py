"""Every request goes to somebody who is there: the person's own, whoever stands in, or a team that is near."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation, OrganisationKind
from api.caseworkers.tables import Caseworker, Role
from api.conversations.tables import Message
from api.core.clock import PARIS
from api.desk import feed
from api.escalations.events import thread_of
from api.escalations.routing import Route, place_of, place_request, route_of
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Event, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.factories import AUTHORITY, BREST, LANDERNEAU, QUIMPER

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
WEEK = {"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY}
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)  # a Wednesday
AWAY = {"absent_from": NOW.date()}


async def teams(session: AsyncSession) -> tuple[Organisation, Organisation]:
    """One in Brest and one in Quimper, open every day, with somebody in each."""
    (await factories.authority(session)).hours = WEEK
    there = await factories.organisation(session, name="CDAS de Quimper", commune_insee=QUIMPER)
    here = await factories.organisation(session, name="CDAS de Brest", commune_insee=BREST)
    for team in (here, there):
        await factories.caseworker(session, organisation_id=team.id)
    return here, there


async def routed(session: AsyncSession, own: Caseworker | None, team: Organisation) -> Route:
    person = await factories.person(session, organisation_id=team.id, caseworker_id=own.id if own else None)
    return await route_of(session, person, None, AUTHORITY, NOW)


async def unknown(session: AsyncSession, *texts: str, **given: object) -> Asked:
    """Somebody in a conversation, after these messages."""
    conversation = await factories.conversation(session, **given)
    for text in texts:
        turn = await factories.turn(session, conversation)
        (await session.get_one(Message, turn.message_id)).text = text
    await session.flush()
    return Asked(Reason.asked, "un conseiller", AUTHORITY, Channel.web, conversation.id)


@pytest.mark.parametrize(
    ("given", "assigned"),
    [
        pytest.param({}, "own", id="on duty"),
        pytest.param(AWAY, "stand_in", id="away"),
        pytest.param({"hours": {"mon": DAY}}, "stand_in", id="part-time, back after the delay"),
        pytest.param({"hours": {"fri": DAY}}, "own", id="part-time, back in time"),
        pytest.param({"active": False}, "stand_in", id="gone"),
        pytest.param({"role": Role.administrator}, "stand_in", id="reads no message"),
    ],
)
async def test_a_request_is_meant_for_the_own_caseworker_or_whoever_stands_in(
    session: AsyncSession, given: dict[str, object], assigned: str
) -> None:
    here, there = await teams(session)
    stand_in = await factories.caseworker(session, organisation_id=there.id)
    own = await factories.caseworker(session, organisation_id=here.id, stand_in_id=stand_in.id, **given)

    route = await routed(session, own, here)

    meant, team = {"own": (own, here), "stand_in": (stand_in, there)}[assigned]
    assert route.assigned
    assert route.team
    assert (route.assigned.id, route.team.id, route.stand_in) == (meant.id, team.id, assigned == "stand_in")


async def test_when_both_are_away_the_whole_team_answers(session: AsyncSession) -> None:
    here, there = await teams(session)
    stand_in = await factories.caseworker(session, organisation_id=there.id, **AWAY)
    own = await factories.caseworker(session, organisation_id=here.id, stand_in_id=stand_in.id, **AWAY)

    route = await routed(session, own, here)

    assert route.team
    assert (route.assigned, route.team.id) == (None, here.id)


async def test_a_person_whom_no_team_follows_yet_goes_to_the_nearest(session: AsyncSession) -> None:
    await teams(session)
    person = await factories.person(session, commune_insee="29046")  # Douarnenez
    route = await route_of(session, person, None, AUTHORITY, NOW)
    assert route.team
    assert route.team.name == "CDAS de Quimper"


@pytest.mark.parametrize(
    ("texts", "team"),
    [
        (["j'habite à Landerneau"], "CDAS de Brest"),
        (["Douarnenez"], "CDAS de Quimper"),
        (["une formation à Douarnenez ?"], "CDAS de Brest"),
        (["je suis à Brest", "enfin, j'habite vers Quimper maintenant"], "CDAS de Quimper"),
        (["bonjour"], "CDAS de Brest"),
        (["j'habite à Paris"], "CDAS de Brest"),
    ],
)
async def test_somebody_unknown_goes_to_the_team_of_the_commune_that_they_wrote(
    session: AsyncSession, texts: list[str], team: str
) -> None:
    await teams(session)
    promise = await ask_human(session, await unknown(session, *texts), NOW)
    assert promise.facts["team"] == team


async def test_a_team_of_the_departement_is_asked_before_a_nearer_one_of_another_kind(session: AsyncSession) -> None:
    await teams(session)
    nearer = await factories.organisation(
        session, name="Mission locale", kind=OrganisationKind.mission_locale, commune_insee=LANDERNEAU
    )
    await factories.caseworker(session, organisation_id=nearer.id)
    route = await route_of(session, None, LANDERNEAU, AUTHORITY, NOW)
    assert route.team
    assert route.team.name == "CDAS de Brest"


async def test_a_team_where_nobody_reads_is_asked_last(session: AsyncSession) -> None:
    await teams(session)
    empty = await factories.organisation(session, name="Antenne de Landerneau", commune_insee=LANDERNEAU)
    route = await route_of(session, None, LANDERNEAU, AUTHORITY, NOW)
    assert route.team
    assert route.team.id != empty.id


async def test_a_commune_is_asked_once_and_never_of_whoever_is_known_or_was_read(session: AsyncSession) -> None:
    here, _ = await teams(session)
    asked = await unknown(session, "bonjour")
    assert [(await ask_human(session, asked, NOW)).facts["ask_commune"] for _ in range(2)] == [True, False]
    person = await factories.person(session, organisation_id=here.id)
    for known in (
        replace(await unknown(session), person=person),
        await unknown(session, "je vis à Brest, j'habite à Brest"),
        await unknown(session, commune_insee=BREST),
        replace(await unknown(session), channel=Channel.sms),
    ):
        assert (await ask_human(session, known, NOW)).facts["ask_commune"] is False


async def test_where_a_course_is_sought_is_not_where_somebody_lives(session: AsyncSession) -> None:
    asked = await unknown(session, "une formation à Brest")
    assert await place_of(session, asked.conversation_id) is None


async def test_what_the_person_told_when_asked_counts_before_what_they_wrote(session: AsyncSession) -> None:
    asked = await unknown(session, "j'habite à Brest", commune_insee=QUIMPER)
    assert await place_of(session, asked.conversation_id) == QUIMPER


async def test_the_commune_moves_what_nobody_has_and_tells_both_feeds(session: AsyncSession) -> None:
    here, there = await teams(session)
    asked = await unknown(session)
    row = (await ask_human(session, asked, NOW)).escalation
    assert (row.organisation_id, row.version) == (here.id, 0)
    assert asked.conversation_id

    facts = await place_request(session, asked.conversation_id, QUIMPER, NOW)
    again = await place_request(session, asked.conversation_id, QUIMPER, NOW)

    assert facts == again
    assert facts["team"] == "CDAS de Quimper"
    assert facts["due_on"] == row.due_at
    assert (row.organisation_id, row.version) == (there.id, 1)
    [_, passed] = await thread_of(session, row.id)
    assert (passed.event, passed.author_id, passed.target_id) == (Event.passed_on, None, there.id)
    for team, rings in ((here, [True, False]), (there, [True])):
        assert [one.rings for one in await feed.since(session, team.id, 0)] == rings


async def test_what_a_caseworker_has_stays_with_them(session: AsyncSession) -> None:
    here, _ = await teams(session)
    asked = await unknown(session)
    row = (await ask_human(session, asked, NOW)).escalation
    row.owner_id = (await factories.caseworker(session, organisation_id=here.id)).id
    await session.flush()
    assert asked.conversation_id
    await place_request(session, asked.conversation_id, QUIMPER, NOW)
    assert row.organisation_id == here.id


ABSENCES = st.one_of(st.none(), st.tuples(st.integers(-10, 10), st.one_of(st.none(), st.integers(0, 10))))
HOURS = st.one_of(st.none(), st.dictionaries(st.sampled_from([*WEEK, "sat", "sun"]), st.just(DAY), max_size=5))
WORKERS = st.fixed_dictionaries({"absence": ABSENCES, "hours": HOURS, "active": st.booleans()})


async def worker(session: AsyncSession, team: Organisation, drawn: dict[str, object], **given: object) -> Caseworker:
    absence = drawn["absence"]
    since = NOW.date() + timedelta(days=absence[0]) if isinstance(absence, tuple) else None
    until = since + timedelta(days=absence[1]) if since and isinstance(absence, tuple) and absence[1] else None
    made = {"absent_from": since, "absent_until": until, "hours": drawn["hours"], "active": drawn["active"]}
    return await factories.caseworker(
        session, organisation_id=team.id, email=f"{uuid4().hex}@exemple.fr", **made, **given
    )


def is_away(one: Caseworker, day: date) -> bool:
    return bool(one.absent_from and one.absent_from <= day and (one.absent_until is None or day <= one.absent_until))


@given(own=WORKERS, other=WORKERS, known=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_there_is_always_a_team_and_nobody_who_is_away_is_asked(
    session: AsyncSession, own: dict[str, object], other: dict[str, object], known: bool
) -> None:
    async with session.begin_nested() as undone:
        here, there = await teams(session)
        stand_in = await worker(session, there, other)
        mine = await worker(session, here, own, stand_in_id=stand_in.id)
        team = {"organisation_id": here.id} if known else {}
        person = await factories.person(session, caseworker_id=mine.id, **team)

        route = await route_of(session, person, None, AUTHORITY, NOW)

        assert route.team
        if route.assigned:
            assert route.assigned.active
            assert not is_away(route.assigned, NOW.date())
            assert route.assigned.organisation_id == route.team.id
        await undone.rollback()

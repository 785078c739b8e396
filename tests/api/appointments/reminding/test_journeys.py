"""Whoever was never convoked chooses an hour; a contract that ends is prepared; the service learns the rest, once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from api.appointments.reminding import journeys, paging
from api.appointments.reminding.answering import answer
from api.appointments.reminding.journeys import of_pathways
from api.appointments.tables import Invitation, Slot, Status
from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Choice, Conversation
from api.escalations.service import still_open
from api.escalations.tables import Kind, Reason
from api.pathways.tables import FactKind
from api.texts.gsm import segments
from tests import factories
from tests.api.appointments.reminding.conftest import THREE_DAYS, House
from tests.api.pathways.journals import live

NOW = THREE_DAYS
DAY = timedelta(days=1)
LATE = (FactKind.known, 50, None)


def ending(days: int) -> tuple[FactKind, int, dict[str, Any]]:
    return FactKind.contract_signed, 100, {"ends_on": (NOW.date() + timedelta(days=days)).isoformat()}


async def free(house: House, category: str = "rsa_orientation", count: int = 3) -> list[str]:
    rows = [
        await factories.slot(house.session, house.team, NOW + (3 + n) * DAY, category=category) for n in range(count)
    ]
    return [str(row.id) for row in rows]


async def several(house: House, count: int) -> list[Beneficiary]:
    made = {"organisation_id": house.team.id}
    return [await factories.person(house.session, phone=f"+3363998010{n}", **made) for n in range(count)]


async def asked(house: House) -> list[tuple[Reason, Kind]]:
    return [(one.reason, one.kind) for one in await still_open(house.session)]


async def test_a_person_never_convoked_chooses_among_three_hours_once(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    ids = await free(house)
    assert [await house.look(now) for now in (NOW - timedelta(minutes=1), NOW, NOW + DAY)] == [0, 1, 0]
    (text,) = await house.sent()
    assert "un premier RDV vous est proposé" in text
    assert segments(text) <= 2
    offered = list(await house.session.scalars(select(Choice).order_by(Choice.ordinal)))
    assert [one.payload["answer"] for one in offered] == [*(f"slot:{one}" for one in ids), "call"]

    talk = (await house.session.scalars(select(Conversation))).one()
    said = await answer(house.session, talk, offered[1].payload, NOW + DAY)
    assert said
    assert [one.name for one in said] == ["book_done", "appointment_at_office"]


async def test_an_hour_that_is_gone_answers_nothing_yet(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    gone, left, _ = await free(house)
    await house.look(NOW)
    await house.session.execute(delete(Slot).where(Slot.id == UUID(gone)))
    (asked,), talk = await house.asks(), (await house.session.scalars(select(Conversation))).one()
    payload = {"ask": str(asked.id), "answer": f"slot:{gone}"}
    said = await answer(house.session, talk, payload, NOW + DAY)
    assert said
    assert [one.name for one in said] == ["slot_gone", "reminder_slots"]
    assert asked.answered_at is None
    said = await answer(house.session, talk, payload | {"answer": f"slot:{left}"}, NOW + DAY)
    assert said
    assert said[0].name == "book_done"
    assert asked.answer == "yes"


async def test_without_a_free_hour_nothing_is_sent_and_the_service_learns_of_it(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    assert await house.look(NOW) == 1
    assert await house.why() == [("never_convoked", "no_slot")]
    assert await asked(house) == [(Reason.no_slot, Kind.to_answer)]
    assert await house.sent() == []


async def test_whoever_cannot_be_written_to_is_told_to_the_service(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    await free(house)
    house.person.confidential = True
    await house.session.flush()
    await house.look(NOW)
    assert await house.why() == [("never_convoked", "confidential")]
    assert await asked(house) == [(Reason.first_appointment, Kind.to_answer)]


@pytest.mark.parametrize(
    ("days", "facts"),
    [
        pytest.param(42, (), id="the delay still runs"),
        pytest.param(50, ((FactKind.appointment_held, 10, None),), id="they came"),
        pytest.param(50, ((FactKind.closed, 5, None),), id="it is over"),
    ],
)
async def test_nobody_else_is_invited(house: House, days: int, facts: tuple[Any, ...]) -> None:
    await live(house.session, house.person, NOW, (FactKind.known, days, None), *facts)
    await free(house)
    assert await house.look(NOW) == 0


@pytest.mark.parametrize("status", [Status.unknown, Status.noshow, Status.excused])
async def test_whoever_was_given_an_hour_was_convoked(house: House, status: Status) -> None:
    await live(house.session, house.person, NOW, LATE)
    cancelled = NOW - 6 * DAY if status is Status.excused else None
    await house.visit(NOW - 20 * DAY, status=status, cancelled_at=cancelled)
    await free(house)
    assert await house.look(NOW) == 0


@pytest.mark.parametrize(("expires", "invited"), [(NOW + DAY, 0), (None, 0), (NOW - DAY, 1)])
async def test_an_open_invitation_is_not_doubled(house: House, expires: Any, invited: int) -> None:
    await live(house.session, house.person, NOW, LATE)
    await free(house)
    made = {"source": "test", "source_id": "1", "category": "rsa_orientation", "sent_at": NOW - 11 * DAY}
    house.session.add(Invitation(beneficiary_id=house.person.id, expires_at=expires, **made))
    await house.session.flush()
    assert await house.look(NOW) == invited


async def test_a_contract_that_ends_is_prepared_without_being_named(house: House) -> None:
    await live(house.session, house.person, NOW, ending(20))
    await free(house, "rsa_cer_signature")
    assert [await house.look(NOW), await house.look(NOW + DAY)] == [1, 0]
    (text,) = await house.sent()
    assert "contrat" not in text.lower()
    assert "pour préparer la suite" in text


@pytest.mark.parametrize("days", [31, -1])
async def test_a_contract_that_runs_or_has_run_out_is_left_alone(house: House, days: int) -> None:
    await live(house.session, house.person, NOW, ending(days))
    await free(house, "rsa_cer_signature")
    assert await house.look(NOW) == 0


async def test_of_a_contract_that_no_sms_prepares_the_service_is_to_know(house: House) -> None:
    await live(house.session, house.person, NOW, ending(20))
    await free(house, "rsa_cer_signature")
    house.person.phone = None
    await house.session.flush()
    await house.look(NOW)
    (row,) = await still_open(house.session)
    assert row.kind is Kind.to_know
    assert row.line == "Contrat jusqu'au 14 décembre 2026 : rien ne part par SMS"


async def test_an_authority_that_switched_it_off_is_told_nothing_either(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    (await house.session.get_one(Authority, "cd29")).no_reminders = ["never_convoked"]
    await house.session.flush()
    await house.look(NOW)
    assert await house.why() == [("never_convoked", "switched_off")]
    assert await asked(house) == []


async def test_many_who_wait_are_read_by_the_page_and_some_invited_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    people = await several(house, 5)
    for person in people:
        await live(house.session, person, NOW, LATE)
    await free(house, count=5)
    assert {one.beneficiary_id for one in await of_pathways(house.session, NOW)} == {person.id for person in people}
    monkeypatch.setattr(journeys, "AT_ONCE", 3)
    assert [await house.look(NOW) for _ in range(3)] == [3, 2, 0]


async def test_a_team_without_room_hides_nobody_of_another(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journeys, "AT_ONCE", 2)
    other = await factories.organisation(house.session)
    theirs = [await factories.person(house.session, phone="+33639980200", organisation_id=other.id)]
    for person in (*await several(house, 4), *theirs):
        await live(house.session, person, NOW, LATE)
    await free(house, count=1)
    await factories.slot(house.session, other, NOW + 3 * DAY)
    found = [one.beneficiary_id for one in await of_pathways(house.session, NOW)]
    assert len(found) == 2
    assert theirs[0].id in found


async def test_no_more_people_are_offered_hours_at_once_than_there_are_hours(house: House) -> None:
    for person in await several(house, 4):
        await live(house.session, person, NOW, LATE)
    await free(house, count=3)
    assert [await house.look(now) for now in (NOW, NOW + timedelta(hours=1))] == [3, 0]
    # The day after, those hours are offered to whoever is left.
    assert await house.look(NOW + DAY + timedelta(minutes=1)) == 1


async def test_what_begins_before_an_answer_may_come_is_not_offered(house: House) -> None:
    await live(house.session, house.person, NOW, LATE)
    await factories.slot(house.session, house.team, NOW + timedelta(hours=30))
    await house.look(NOW)
    assert await house.why() == [("never_convoked", "no_slot")]

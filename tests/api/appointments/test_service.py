from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.service import appointment_documents, appointment_place, next_appointment
from api.appointments.tables import LocationType, Status
from api.core.clock import PARIS
from api.texts.library import entries, template
from api.texts.schemas import Saying, plain
from tests import factories

NOW = datetime(2026, 12, 1, 8, tzinfo=PARIS)
TOMORROW = datetime(2026, 12, 2, 9, 30, tzinfo=PARIS)
STANDARD = {"authority": {"name": "Finistère", "phone": "+33261910001", "hours": ""}}


def names(said: list[Saying]) -> list[str]:
    return [saying.name for saying in said]


async def test_the_answer_tells_when_where_who_what_and_whom_to_call(session: AsyncSession) -> None:
    someone, professional = await factories.person(session), await factories.caseworker(session)
    given = {"place_name": "Maison des solidarités", "directions": "Bus 3, arrêt Mairie.", "documents": ["CV"]}
    await factories.appointment(session, someone, TOMORROW, caseworker_id=professional.id, **given)
    await factories.appointment(session, someone, TOMORROW + timedelta(days=7), title="atelier collectif")

    said = await next_appointment(session, someone.id, NOW)

    assert names(said) == [
        "appointment_next",
        "appointment_at_office",
        "appointment_directions",
        "appointment_with",
        "appointment_bring",
        "appointment_later",
        "appointment_contact",
    ]
    facts = {saying.name: saying.facts for saying in said}
    assert facts["appointment_next"]["starts_at"] == TOMORROW
    assert facts["appointment_with"]["with_whom"] == "Nolwenn Kerdoncuff"
    assert facts["appointment_bring"]["documents"] == ["CV"]
    assert facts["appointment_later"]["later"][0]["title"] == "atelier collectif"
    assert facts["appointment_contact"]["phone"] == "+33261910010"


async def test_a_question_about_the_place_is_not_answered_with_papers(session: AsyncSession) -> None:
    someone = await factories.person(session)
    await factories.appointment(session, someone, TOMORROW, documents=["CV"])

    place = await appointment_place(session, someone.id, NOW)
    papers = await appointment_documents(session, someone.id, NOW)

    assert names(place) == ["appointment_next", "appointment_at_office", "appointment_contact"]
    assert names(papers) == ["appointment_next", "appointment_bring", "appointment_contact"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (LocationType.phone, "appointment_by_phone"),
        (LocationType.home, "appointment_at_home"),
        (LocationType.visio, "appointment_by_video"),
    ],
)
async def test_each_way_of_meeting_has_its_sentence(session: AsyncSession, kind: LocationType, said: str) -> None:
    someone = await factories.person(session)
    await factories.appointment(session, someone, TOMORROW, location_type=kind, address=None)

    assert said in names(await appointment_place(session, someone.id, NOW))


async def test_a_cancelled_appointment_has_no_place_to_go_to(session: AsyncSession) -> None:
    someone = await factories.person(session)
    await factories.appointment(session, someone, TOMORROW, status=Status.revoked, cancelled_at=NOW)

    assert names(await appointment_place(session, someone.id, NOW)) == ["appointment_cancelled_by_service"]


async def test_the_cancelled_one_comes_after_the_valid_one(session: AsyncSession) -> None:
    someone = await factories.person(session)
    await factories.appointment(session, someone, TOMORROW, status=Status.revoked, cancelled_at=NOW)
    await factories.appointment(session, someone, TOMORROW + timedelta(days=1))

    said = await next_appointment(session, someone.id, NOW)

    assert names(said)[:2] == ["appointment_next", "appointment_cancelled_by_service"]


async def test_the_appointments_of_somebody_else_are_never_told(session: AsyncSession) -> None:
    someone, other = await factories.person(session), await factories.person(session)
    await factories.appointment(session, other, TOMORROW)

    assert names(await next_appointment(session, someone.id, NOW)) == ["appointment_none"]


async def test_ten_hours_of_workshop_are_still_in_progress_at_the_end(session: AsyncSession) -> None:
    someone = await factories.person(session)
    await factories.appointment(session, someone, NOW - timedelta(hours=9), duration_minutes=600)

    assert names(await next_appointment(session, someone.id, NOW))[0] in ("appointment_today", "appointment_next")


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("kind", LocationType)
async def test_every_sentence_finds_its_facts(session: AsyncSession, channel: str, kind: LocationType) -> None:
    someone, professional = await factories.person(session), await factories.caseworker(session)
    given = {"location_type": kind, "directions": "Bus 3.", "call_from": None}
    await factories.appointment(session, someone, NOW, caseworker_id=professional.id, documents=["CV"], **given)
    await factories.appointment(session, someone, TOMORROW, status=Status.excused, cancelled_at=NOW)
    await factories.appointment(session, someone, TOMORROW)

    for saying in await next_appointment(session, someone.id, NOW):
        source = getattr(entries()[saying.name], channel)
        assert template(source).render(**STANDARD, **plain(saying.facts)).strip(), saying.name

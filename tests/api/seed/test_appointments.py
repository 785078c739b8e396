"""Appointments are of every kind, and people hear of theirs what their note says."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.changes import Hold, ahead, hold
from api.appointments.service import outlook_of
from api.appointments.slots import free
from api.appointments.tables import Appointment, LocationType, Status
from api.core.clock import paris
from api.pathways.service import categories_of
from api.seed.appointments import appointments
from tests.api.seed.filling import DAY, NOON, noted

WITH_A_CHOICE = ["Morgan", "Dylan", "Mathilda", "Nahla", "Thierno", "Nevena", "Djibril", "Kelig"]


async def visits(session: AsyncSession, first_name: str) -> list[Appointment]:
    return await ahead(session, (await noted(session, first_name)).id, NOON)


async def free_hours(session: AsyncSession, first_name: str) -> int:
    person = await noted(session, first_name)
    return len(await free(session, person, await categories_of(session, person.id, NOON), NOON))


async def test_appointments_have_every_past_status_and_every_way_to_meet(planted: AsyncSession) -> None:
    past = select(Appointment.status).where(Appointment.starts_at < NOON - timedelta(days=1))
    assert set(await planted.scalars(past)) == set(Status)
    assert set(await planted.scalars(select(Appointment.location_type))) == set(LocationType)


def test_appointments_are_kept_for_two_years_and_none_is_older() -> None:
    starts = [row["starts_at"] for row in appointments(DAY, NOON)]
    assert timedelta(days=600) < NOON - min(starts) < timedelta(days=725)


def test_nobody_has_two_appointments_at_one_instant() -> None:
    whose = [(row["beneficiary_id"], row["starts_at"]) for row in appointments(DAY, NOON)]
    assert len(set(whose)) == len(whose)


@pytest.mark.parametrize(
    ("first_name", "verdict"),
    [
        ("Soazig", "appointment_next"),
        ("Erwan", "appointment_next"),
        ("Maëlle", "appointment_today"),
        ("Awen", "appointment_today"),
        ("Mamadou", "appointment_cancelled_by_service"),
        ("Katell", "appointment_cancelled_by_you"),
        ("Paol", "appointment_status_unknown"),
        ("Yann", "appointment_none"),
        ("Assia", "appointment_today"),
        ("Dylan", "appointment_none"),
        ("Rosalie", "appointment_none"),
    ],
)
async def test_people_with_a_note_hear_what_it_says(planted: AsyncSession, first_name: str, verdict: str) -> None:
    person = await noted(planted, first_name)
    assert (await outlook_of(planted, person.id, NOON)).verdict == verdict


@pytest.mark.parametrize(
    ("first_name", "days", "clock"),
    [
        ("Morgan", [7], ["10:00"]),
        ("Gérard-Marie", [8], ["09:30"]),
        ("Timothée", [14], ["09:15"]),
        ("Mathilda", [7, 21], ["10:15", "14:00"]),
        ("Nahla", [7], ["11:15"]),
        ("Lucinda", [8], ["14:30"]),
        ("Loeiz", [9], ["14:00"]),
        ("Bertrand-Loup", [10], ["14:00"]),
    ],
)
async def test_appointments_are_on_the_days_promised_or_the_next_worked(
    planted: AsyncSession, first_name: str, days: list[int], clock: list[str]
) -> None:
    starts = [paris(visit.starts_at) for visit in await visits(planted, first_name)]
    assert [(one.date() - DAY).days for one in starts] == days
    assert [f"{one:%H:%M}" for one in starts] == clock


@pytest.mark.parametrize(
    ("first_name", "held"),
    [
        ("Morgan", None),
        ("Nahla", None),
        ("Assia", Hold.too_late),
        ("Gérard-Marie", Hold.theirs),
        ("Bertrand-Loup", Hold.theirs),
    ],
)
async def test_an_appointment_may_be_changed_or_not_as_its_note_says(
    planted: AsyncSession, first_name: str, held: Hold | None
) -> None:
    assert hold((await visits(planted, first_name))[0], NOON) is held


@pytest.mark.parametrize("first_name", WITH_A_CHOICE)
async def test_free_hours_are_there_for_whom_the_note_promises_some(planted: AsyncSession, first_name: str) -> None:
    assert await free_hours(planted, first_name) == 3


async def test_no_hour_is_free_where_the_note_says_so(planted: AsyncSession) -> None:
    assert await free_hours(planted, "Rosalie") == 0


async def test_the_papers_and_the_professional_are_those_of_the_note(planted: AsyncSession) -> None:
    (visit,) = await visits(planted, "Loeiz")
    assert visit.documents == ["une pièce d'identité", "un justificatif de domicile"]
    assert visit.location_type is LocationType.public_office
    assert visit.caseworker_id == (await noted(planted, "Loeiz")).caseworker_id


async def test_somebody_missed_an_appointment_lately(planted: AsyncSession) -> None:
    dylan = await noted(planted, "Dylan")
    missed = (await planted.scalars(select(Appointment).where(Appointment.beneficiary_id == dylan.id))).one()
    assert missed.status is Status.noshow
    assert timedelta(days=2) < NOON - missed.starts_at < timedelta(days=7)


async def test_whoever_is_closed_or_unheard_of_expects_nothing(planted: AsyncSession) -> None:
    for first_name in ("Jacques-Yves", "Sorenza"):
        assert await visits(planted, first_name) == []


async def test_an_appointment_that_was_elsewhere_was_with_somebody_of_there(planted: AsyncSession) -> None:
    """Of the team that followed the person before they moved."""
    moved = await noted(planted, "Bérengère")
    (visit,) = await planted.scalars(select(Appointment).where(Appointment.beneficiary_id == moved.id))
    assert visit.organisation_id != moved.organisation_id
    assert visit.caseworker_id
    assert moved.caseworker_id is None

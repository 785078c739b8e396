"""The demonstration is the same for the same day, however often it is filled, and fills nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.service import outlook_of
from api.appointments.tables import Appointment, LocationType, Status
from api.authorities.tables import Authority, Organisation, OrganisationKind
from api.beneficiaries.service import owner_of_number
from api.beneficiaries.tables import Beneficiary
from api.core.errors import Conflict
from api.core.installation import Installation, Kind
from api.seed import seed
from api.training.tables import Entry, Recruitment, Training, TrainingSession

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
TABLES = ["authorities", "organisations", "caseworkers", "households", "beneficiaries", "appointments"]
TABLES += ["trainings", "training_sessions"]


def digest(word: str) -> bytes:
    return f"digest of {word}".encode()


async def plant(session: AsyncSession, today: date = DAY) -> None:
    await seed(session, today=today, digest_word=digest)


async def content(session: AsyncSession, columns: str = "t::text") -> dict[str, list[str]]:
    return {table: list(await session.scalars(text(f"SELECT {columns} FROM {table} t ORDER BY 1"))) for table in TABLES}


async def person(session: AsyncSession, first_name: str) -> Beneficiary:
    return (await session.scalars(select(Beneficiary).where(Beneficiary.first_name == first_name))).one()


async def test_filling_twice_changes_nothing(session: AsyncSession) -> None:
    await plant(session)
    first = await content(session)
    await plant(session)
    assert await content(session) == first


async def test_filling_the_next_day_keeps_every_row_and_moves_the_dates(session: AsyncSession) -> None:
    ids = "coalesce(to_jsonb(t) ->> 'id', to_jsonb(t) ->> 'code')"
    await plant(session)
    first, dates = await content(session, ids), await content(session)
    await plant(session, DAY + timedelta(days=1))
    assert await content(session, ids) == first
    assert (await content(session))["appointments"] != dates["appointments"]


async def test_what_was_changed_by_hand_is_brought_back(session: AsyncSession) -> None:
    await plant(session)
    await session.execute(update(Authority).where(Authority.code == "brest").values(name="autre"))
    await plant(session)
    assert await session.scalar(select(Authority.name).where(Authority.code == "brest")) == "Brest métropole"


async def test_a_database_of_real_people_is_left_alone(session: AsyncSession) -> None:
    await session.execute(update(Installation).values(kind=Kind.production))
    with pytest.raises(Conflict, match="not_a_demo"):
        await plant(session)
    assert await session.scalar(select(func.count()).select_from(Authority)) == 0


async def test_seven_authorities_follow_people_through_teams_of_every_kind(session: AsyncSession) -> None:
    await plant(session)
    followed = set(await session.scalars(select(Beneficiary.authority_code).distinct()))
    assert followed == {"cd22", "cd29", "cd35", "cd56", "region", "brest", "rennes"}
    assert set(await session.scalars(select(Organisation.kind))) == set(OrganisationKind)


async def test_appointments_have_every_past_status_and_every_way_to_meet(session: AsyncSession) -> None:
    await plant(session)
    past = select(Appointment.status).where(Appointment.starts_at < NOON - timedelta(days=1))
    assert set(await session.scalars(past)) == set(Status)
    assert set(await session.scalars(select(Appointment.location_type))) == set(LocationType)


async def test_a_number_of_two_households_and_one_of_a_couple_belong_to_nobody(session: AsyncSession) -> None:
    await plant(session)
    for first, second, one_household in (("Rozenn", "Denis", False), ("Olena", "Andriy", True)):
        one, other = await person(session, first), await person(session, second)
        assert one.phone == other.phone
        assert (one.household_id == other.household_id) is one_household
        assert await owner_of_number(session, one.phone or "") is None
    assert (await person(session, "Rozenn")).agreed_word_digest == b"digest of bruy\xc3\xa8re"


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
    ],
)
async def test_people_with_a_note_hear_what_it_says(session: AsyncSession, first_name: str, verdict: str) -> None:
    await plant(session)
    somebody = await person(session, first_name)
    assert (await outlook_of(session, somebody.id, NOON)).verdict == verdict
    assert somebody.demo_note


async def test_notes_name_the_days_of_the_appointments(session: AsyncSession) -> None:
    await plant(session)
    assert "le lundi 30 novembre à 9 h 30" in ((await person(session, "Soazig")).demo_note or "")
    notes = list(await session.scalars(select(Beneficiary.demo_note).where(Beneficiary.demo_note.is_not(None))))
    assert len(notes) >= 12
    assert [note for note in notes if note and "{" in note] == []


async def test_somebody_is_confidential_and_has_an_appointment_that_must_not_be_told(session: AsyncSession) -> None:
    await plant(session)
    hidden = (await session.scalars(select(Beneficiary).where(Beneficiary.confidential))).one()
    assert (await outlook_of(session, hidden.id, NOON)).stands
    assert await owner_of_number(session, hidden.phone or "") is None


async def test_welding_is_taught_near_brest(session: AsyncSession) -> None:
    await plant(session)
    welding = (
        select(func.count())
        .select_from(TrainingSession)
        .join(Training)
        .where(Training.trades.contains(["soudure"]), TrainingSession.commune_insee.in_(["29019", "29075", "29103"]))
        .where(TrainingSession.recruitment == Recruitment.open, TrainingSession.starts_on > DAY)
    )
    assert (await session.scalar(welding) or 0) >= 3


async def test_training_shows_every_state_that_a_search_must_sort_out(session: AsyncSession) -> None:
    await plant(session)
    offers = list(await session.scalars(select(TrainingSession)))
    assert len(offers) >= 150
    assert {offer.recruitment for offer in offers} == set(Recruitment)
    assert {offer.entry for offer in offers} == set(Entry)
    assert {offer.commune_insee[:2] for offer in offers} == {"22", "29", "35", "56"}
    assert {None, 0} < {offer.remaining_cost_cents for offer in offers}
    assert min(offer.starts_on for offer in offers if offer.starts_on) < DAY


async def test_a_course_is_found_by_an_everyday_name_of_its_trade(session: AsyncSession) -> None:
    await plant(session)
    asked = func.websearch_to_tsquery("french", "conduire des camions")
    assert "Conducteur de poids lourds" in list(
        await session.scalars(select(Training.title).where(Training.search.bool_op("@@")(asked)))
    )

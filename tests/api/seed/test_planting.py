"""The demonstration is the same for the same day, however often it is filled, and fills nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.changes import cancel
from api.appointments.slots import free, take
from api.appointments.tables import Appointment, Excuse, Slot, Status
from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import by_session, sign_in
from api.caseworkers.tables import Caseworker, CaseworkerAccount, Role
from api.core.errors import Conflict
from api.core.installation import Installation, Kind
from api.core.sealing import Sealer
from api.migrations.everything import METADATA
from api.pathways.journal import News, facts_of, record
from api.pathways.tables import FactKind, PathwayFact
from api.training.tables import Entry, Recruitment, Training, TrainingSession
from tests.api.seed.filling import DAY, NOON, noted, plant

TABLES = ["authorities", "organisations", "caseworkers", "caseworker_accounts", "ready_texts"]
TABLES += ["households", "beneficiaries"]
TABLES += [
    "appointments",
    "invitations",
    "pathway_facts",
    "slots",
    "trainings",
    "training_sessions",
    "support_services",
]
MOVING = {"appointments", "invitations", "pathway_facts", "slots", "training_sessions"}


async def content(session: AsyncSession, columns: str = "t::text") -> dict[str, list[str]]:
    return {table: list(await session.scalars(text(f"SELECT {columns} FROM {table} t ORDER BY 1"))) for table in TABLES}


async def count(session: AsyncSession, kind: Any, *where: Any) -> int:
    return await session.scalar(select(func.count()).select_from(kind).where(*where)) or 0


async def booked(session: AsyncSession) -> tuple[Beneficiary, Appointment]:
    """Somebody who took a free hour of their team."""
    person = await noted(session, "Morgan")
    (slot, *_) = await free(session, person, ["rsa_follow_up"], NOON)
    appointment = await take(session, slot.id, person, NOON)
    assert appointment
    return person, appointment


async def holder(session: AsyncSession, appointment: Appointment) -> list[Slot]:
    return list(await session.scalars(select(Slot).where(Slot.appointment_id == appointment.id)))


async def test_filling_twice_changes_nothing(filled: AsyncSession) -> None:
    first = await content(filled)
    await plant(filled)
    assert await content(filled) == first


async def test_filling_the_next_day_keeps_every_row_and_moves_the_dates(filled: AsyncSession) -> None:
    ids = "coalesce(to_jsonb(t) ->> 'id', to_jsonb(t) ->> 'code', to_jsonb(t) ->> 'caseworker_id')"
    first, dates = await content(filled, ids), await content(filled)
    await plant(filled, days_later=1)
    then, moved = await content(filled, ids), await content(filled)
    assert {table for table in TABLES if then[table] != first[table]} == {"slots"}
    assert all(moved[table] != dates[table] for table in MOVING)


@pytest.mark.parametrize("days_later", [1, 61])
async def test_filling_on_another_day_is_filling_that_day(filled: AsyncSession, days_later: int) -> None:
    await plant(filled, days_later)
    again = await content(filled)
    for table in reversed(METADATA.sorted_tables):
        if table.name != "installation":
            await filled.execute(delete(table))
    await plant(filled, days_later)
    assert await content(filled) == again


async def test_what_was_changed_by_hand_is_brought_back(filled: AsyncSession) -> None:
    await filled.execute(update(Authority).where(Authority.code == "brest").values(name="autre"))
    await plant(filled)
    assert await filled.scalar(select(Authority.name).where(Authority.code == "brest")) == "Brest métropole"


async def test_everybody_signs_in_with_the_password_of_the_demonstration_whatever_was_tried(
    filled: AsyncSession, sealer: Sealer
) -> None:
    locked = {"failures": 4, "locked_until": NOON + timedelta(minutes=15), "totp_sealed": b"?", "totp_step": 1}
    await filled.execute(update(CaseworkerAccount).values(**locked))
    await plant(filled)
    for email, role in (("gaelle.rosmadec", Role.administrator), ("ewen.trividic", Role.auditor)):
        signed = await sign_in(filled, sealer, f"{email}@example.org", "demonstration", NOON)
        assert (await by_session(filled, sealer, signed.token, NOON)).role is role
    digests = await filled.scalars(select(CaseworkerAccount.password_digest).group_by("password_digest"))
    # The two who signed in have a digest at today's cost; the others still share theirs.
    assert len(list(digests)) == 3
    assert await count(filled, CaseworkerAccount) == await count(filled, Caseworker)


async def test_what_a_person_said_of_an_appointment_of_the_files_is_forgotten(filled: AsyncSession) -> None:
    person = await noted(filled, "Morgan")
    mine = select(Appointment).where(Appointment.beneficiary_id == person.id, Appointment.starts_at > NOON)
    visit = (await filled.scalars(mine)).one()
    before = visit.starts_at
    visit.status, visit.cancelled_at, visit.confirmed_at, visit.excuse = Status.excused, NOON, NOON, Excuse.health
    visit.starts_at += timedelta(days=3)
    await filled.flush()
    await plant(filled)
    await filled.refresh(visit)
    assert (visit.status, visit.starts_at) == (Status.unknown, before)
    assert [one for one in (visit.cancelled_at, visit.confirmed_at, visit.excuse) if one] == []


async def test_what_another_source_tells_of_a_pathway_stays(filled: AsyncSession) -> None:
    person = await noted(filled, "Morgan")
    told = News(person.id, FactKind.appointment_held, NOON.date(), "rdv-insertion", "7", NOON)
    await record(filled, told)
    before = {fact.id for fact in await facts_of(filled, person.id)}
    await plant(filled)
    assert {fact.id for fact in await facts_of(filled, person.id)} == before


async def test_an_hour_that_was_taken_stays_taken(filled: AsyncSession) -> None:
    _, appointment = await booked(filled)
    for days_later in (0, 1):
        await plant(filled, days_later)
        assert len(await holder(filled, appointment)) == 1
    assert await count(filled, Slot, Slot.appointment_id.is_not(None)) == 1


@pytest.mark.parametrize("how", ["deleted", "cancelled", "moved"])
async def test_an_hour_whose_appointment_is_not_there_any_more_is_free_again(filled: AsyncSession, how: str) -> None:
    everything = (await content(filled))["slots"]
    _, appointment = await booked(filled)
    match how:
        case "deleted":
            await filled.execute(delete(Appointment).where(Appointment.id == appointment.id))
        case "cancelled":
            appointment.status, appointment.cancelled_at = Status.excused, NOON
        case "moved":
            appointment.starts_at += timedelta(minutes=5)
    await filled.flush()
    await plant(filled)
    assert (await content(filled))["slots"] == everything


async def test_an_hour_that_was_given_back_is_free_again(filled: AsyncSession) -> None:
    everything = (await content(filled))["slots"]
    _, appointment = await booked(filled)
    await cancel(filled, appointment, NOON)
    await plant(filled)
    assert (await content(filled))["slots"] == everything


async def test_what_was_booked_here_stays_on_the_next_day(filled: AsyncSession) -> None:
    person, appointment = await booked(filled)
    await plant(filled, days_later=1)
    assert await count(filled, Appointment, Appointment.id == appointment.id, Appointment.beneficiary_id == person.id)


async def test_a_database_of_real_people_is_left_alone(filled: AsyncSession) -> None:
    before = await content(filled)
    await filled.execute(update(Installation).values(kind=Kind.production))
    with pytest.raises(Conflict, match="not_a_demo"):
        await plant(filled, days_later=1)
    assert await content(filled) == before


async def test_a_correction_that_somebody_made_goes_with_the_fact_that_it_corrected(filled: AsyncSession) -> None:
    person = await noted(filled, "Morgan")
    facts = await facts_of(filled, person.id)
    signed = next(fact for fact in facts if fact.kind is FactKind.contract_signed)
    told = News(person.id, signed.kind, signed.happened_on, "desk", "1", NOON, {"ends_on": "2027-12-31"}, signed.id)
    await record(filled, told)
    await plant(filled)
    assert await count(filled, PathwayFact, PathwayFact.source == "desk") == 0
    assert len(await facts_of(filled, person.id)) == len(facts)


async def test_welding_is_taught_near_brest(filled: AsyncSession) -> None:
    welding = (
        select(func.count())
        .select_from(TrainingSession)
        .join(Training)
        .where(Training.trades.contains(["soudure"]), TrainingSession.commune_insee.in_(["29019", "29075", "29103"]))
        .where(TrainingSession.recruitment == Recruitment.open, TrainingSession.starts_on > DAY)
    )
    assert (await filled.scalar(welding) or 0) >= 3


async def test_training_shows_every_state_that_a_search_must_sort_out(filled: AsyncSession) -> None:
    offers = list(await filled.scalars(select(TrainingSession)))
    assert len(offers) >= 150
    assert {offer.recruitment for offer in offers} == set(Recruitment)
    assert {offer.entry for offer in offers} == set(Entry)
    assert {offer.commune_insee[:2] for offer in offers} == {"22", "29", "35", "56"}
    assert {None, 0} < {offer.remaining_cost_cents for offer in offers}
    assert min(offer.starts_on for offer in offers if offer.starts_on) < DAY


async def test_a_course_is_found_by_an_everyday_name_of_its_trade(filled: AsyncSession) -> None:
    asked = func.websearch_to_tsquery("french", "conduire des camions")
    assert "Conducteur de poids lourds" in list(
        await filled.scalars(select(Training.title).where(Training.search.bool_op("@@")(asked)))
    )

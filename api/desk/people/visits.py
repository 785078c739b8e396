"""Appointments from the desk: an hour taken, another one, none; each change is made once however often it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, slots
from api.appointments.tables import Appointment, LocationType, Slot, Status
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.errors import Conflict, NotFound
from api.desk.journal import note_access
from api.desk.people.scope import acted_for
from api.desk.people.telling import Change, tell_person
from api.pathways.service import categories_of
from api.texts.formats import clock_time, day

ROUTE = "/desk/people/{person}"
AT_ONCE = timedelta(0)
"""Hent's own delay before an appointment is for people who are alone with it: a caseworker calls whoever comes soon."""
GONE = "Cette heure vient d'être prise. Choisissez-en une autre."
THEIRS = "Ce rendez-vous se change dans le logiciel du service qui l'a fixé."
OVER = "Ce rendez-vous n'est plus à venir."


@dataclass(frozen=True)
class Hour:
    """A free hour, in words."""

    id: UUID
    label: str


@dataclass(frozen=True)
class Hours:
    """Three at most; `after` asks for those that come after, None when there are no more."""

    slots: list[Hour]
    after: UUID | None


def at(starts_at: datetime) -> str:
    """ "mardi 1er décembre à 9 h 30"."""
    return f"{day(starts_at)} à {clock_time(starts_at)}"


def place(visit: Appointment | Slot) -> str:
    """Where it is, or how it is held."""
    match visit.location_type:
        case LocationType.phone:
            return "par téléphone"
        case LocationType.home:
            return "à domicile"
        case LocationType.visio:
            return "en visio"
        case _:
            return visit.place_name or visit.address or "sur place"


async def free(
    session: AsyncSession,
    who: Account,
    person_id: UUID,
    now: datetime,
    *,
    moved: UUID | None = None,
    after: UUID | None = None,
) -> Hours:
    """Hours for a new appointment, or in the place of the one that is `moved`. Raises NotAllowedHere, NotFound."""
    person = await acted_for(session, who, person_id, lock=False)
    await note_access(session, who, f"{ROUTE}/slots", person.id)
    found = await slots.free(session, person, await _categories(session, person, moved, now), now, after, lead=AT_ONCE)
    hours = [Hour(slot.id, f"{at(slot.starts_at)}, {place(slot)}") for slot in found]
    return Hours(hours, found[-1].id if len(found) == slots.PAGE else None)


async def book(
    session: AsyncSession, who: Account, person_id: UUID, reference: UUID, slot_id: UUID, now: datetime
) -> UUID:
    """Take an hour for somebody; the appointment's id, the same for the same `reference`.

    Raises NotAllowedHere, NotFound; Conflict when somebody else has it.
    """
    person = await _person(session, who, person_id, f"{ROUTE}/appointments")
    # In the source's own name of it: asked again after a cancellation, it is not taken anew.
    name = f"desk/{reference}"
    named = select(Appointment).where(Appointment.source == slots.SOURCE, Appointment.source_id == name)
    before = await session.scalar(named)
    if before:
        return _of(person, before).id
    taken = await slots.take(session, slot_id, person, now)
    if taken is None:
        raise Conflict(GONE, error="slot_gone")
    taken.source_id = name
    change = Change("visit_booked", taken, f"Pris : {at(taken.starts_at)}", f"booked/{taken.id}")
    await tell_person(session, who, person, change, now)
    return taken.id


async def move(
    session: AsyncSession, who: Account, person_id: UUID, appointment_id: UUID, slot_id: UUID, now: datetime
) -> UUID:
    """Take another hour in the place of an appointment; the new one's id.

    Raises NotAllowedHere, NotFound; Conflict when the hour is taken, or when it is not ours to change.
    """
    person = await _person(session, who, person_id, f"{ROUTE}/appointments/{{appointment}}/move")
    former = await _theirs(session, person, appointment_id)
    done = await slots.held(session, slot_id, person)
    if done and former.status is Status.revoked:
        return done.id
    _check(who, former, now)
    taken = await slots.take(session, slot_id, person, now)
    if taken is None:
        raise Conflict(GONE, error="slot_gone")
    taken.title, taken.category, taken.documents = former.title, former.category, former.documents
    await changes.cancel(session, former, now, Status.revoked)
    line = f"Déplacé : {at(former.starts_at)}, désormais {at(taken.starts_at)}"
    change = Change("visit_moved", taken, line, f"moved/{taken.id}", former.starts_at)
    await tell_person(session, who, person, change, now)
    return taken.id


async def cancel(session: AsyncSession, who: Account, person_id: UUID, appointment_id: UUID, now: datetime) -> None:
    """It will not take place, and the hour is free again; twice is once.

    Raises NotAllowedHere, NotFound; Conflict when it is over, or not ours to change.
    """
    person = await _person(session, who, person_id, f"{ROUTE}/appointments/{{appointment}}/cancel")
    former = await _theirs(session, person, appointment_id)
    if former.status is Status.revoked:
        return
    _check(who, former, now)
    await changes.cancel(session, former, now, Status.revoked)
    line = f"Annulé : {at(former.starts_at)}"
    await tell_person(session, who, person, Change("visit_cancelled", former, line, f"cancelled/{former.id}"), now)


def may_change(who: Account, visit: Appointment, now: datetime) -> bool:
    """Whether this account's team may move or cancel it here: the source decides, however close it is."""
    stands = visit.status is Status.unknown and visit.starts_at > now
    return stands and visit.organisation_id == who.organisation_id and changes.is_ours(visit)


async def _person(session: AsyncSession, who: Account, person_id: UUID, what: str) -> Beneficiary:
    """For whom something is changed, locked; journaled unless `who` is their caseworker."""
    person = await acted_for(session, who, person_id)
    await note_access(session, who, what, person.id)
    return person


async def _categories(session: AsyncSession, person: Beneficiary, moved: UUID | None, now: datetime) -> Sequence[str]:
    if moved:
        return [(await _theirs(session, person, moved)).category]
    return await categories_of(session, person.id, now)


async def _theirs(session: AsyncSession, person: Beneficiary, appointment_id: UUID) -> Appointment:
    found = await changes.of_person(session, person.id, appointment_id)
    if found is None:
        raise NotFound("Ce rendez-vous n'existe pas.", error="unknown_appointment")
    return found


def _of(person: Beneficiary, visit: Appointment) -> Appointment:
    if visit.beneficiary_id != person.id:
        raise Conflict
    return visit


def _check(who: Account, visit: Appointment, now: datetime) -> None:
    if visit.status is not Status.unknown or visit.starts_at <= now:
        raise Conflict(OVER, error="over")
    if not may_change(who, visit, now):
        raise Conflict(THEIRS, error="theirs")

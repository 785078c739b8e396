"""One person: what one may read of their file, what comes, what was, and what one can do for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, Status
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.clock import paris
from api.desk.card import Card, card_of
from api.desk.journal import note_access
from api.desk.people import contacts, visits
from api.desk.people.contacts import STATUSES, Contact
from api.desk.people.numbers import SUSPENDED, WORDS, barred
from api.desk.people.scope import read
from api.pathways.service import categories_of
from api.texts.formats import full_date, phone

ROUTE = "/desk/people/{person}"
BEHIND = 5
LOOKS_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Field:
    """Something of the file, in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Visit:
    """An appointment to come, or one of the last."""

    id: UUID
    when: str
    starts_at: datetime
    title: str
    place: str
    status_label: str
    can_move: bool
    can_cancel: bool


@dataclass(frozen=True)
class Can:
    """What one can do for this person."""

    book: bool
    mark: bool
    link: bool
    write: bool
    cannot_write: str | None
    """Why not, in words."""
    check_number: bool = False
    """Whether the number was suspended, so that somebody must make sure that it is theirs."""


@dataclass(frozen=True)
class PersonCard:
    """`confidential` is None where the organisation does not see the mark."""

    id: UUID
    name: str
    fields: list[Field]
    confidential: bool | None
    reminders: str | None
    """Of a confidential file whose person asked to be reminded: since when and by whom it was noted, in words."""
    lapsed: bool
    """Whether they asked so at another number than the one that the file has now."""
    can: Can
    appointments: list[Visit]
    """Those to come first, the soonest first; then the last ones."""
    history: list[Contact]


async def card(
    session: AsyncSession, who: Account, person_id: UUID, shown: frozenset[str], now: datetime
) -> PersonCard:
    """This person, with the fields that are `shown`. Raises NotAllowedHere, NotFound."""
    person = await read(session, who, person_id, shown)
    await note_access(session, who, ROUTE, person.id)
    known = await card_of(session, person.id, shown, now)
    noted, stands = await _wish(session, person.id) if known.confidential else (None, False)
    return PersonCard(
        id=person.id,
        name=known.name,
        fields=list(_fields(known)),
        confidential=known.confidential,
        reminders=noted if stands else None,
        lapsed=bool(noted) and not stands,
        can=await _can(session, who, person, shown, now),
        appointments=await _visits(session, who, person.id, now) if "appointments" in shown else [],
        history=await contacts.history(session, who, person.id, now) if "history" in shown else [],
    )


async def _wish(session: AsyncSession, person_id: UUID) -> tuple[str | None, bool]:
    """When they asked to be reminded and who noted it, in words; and whether that holds for the number of the file."""
    noted = (
        select(Beneficiary.reminders_asked_at, Caseworker, Beneficiary.wants_reminders)
        .join(Caseworker, Caseworker.id == Beneficiary.reminders_asked_by)
        .where(Beneficiary.id == person_id)
    )
    found = (await session.execute(noted)).one_or_none()
    if found is None:
        return None, False
    asked_at, by, stands = found
    assert asked_at, "who noted it is dated"
    return f"noté le {full_date(paris(asked_at))} par {by.first_name} {by.last_name}", stands


def _fields(known: Card) -> Iterator[Field]:
    values = {
        "Né(e) le": full_date(known.birth_date) if known.birth_date else None,
        "Téléphone": phone(known.phone) if known.phone else None,
        "Commune": known.commune,
        "Étape": known.stage,
        "Contrat": known.contract,
    }
    for label, value in values.items():
        if value:
            yield Field(label, value)


async def _can(session: AsyncSession, who: Account, person: Beneficiary, shown: frozenset[str], now: datetime) -> Can:
    """Only whoever follows a person acts for them; a request of somebody else's gives the right to read."""
    if person.organisation_id != who.organisation_id:
        return Can(book=False, mark=False, link=False, write=False, cannot_write="Suivie par un autre service")
    bar = (await barred(session, [person.id])).get(person.id)
    return Can(
        book="appointments" in shown and bool(await categories_of(session, person.id, now)),
        mark="confidential" in shown,
        link=True,
        write=bar is None,
        cannot_write=WORDS[bar] if bar else None,
        check_number=bar in SUSPENDED,
    )


async def _visits(session: AsyncSession, who: Account, person_id: UUID, now: datetime) -> list[Visit]:
    mine = select(Appointment).where(Appointment.beneficiary_id == person_id)
    ahead = await session.scalars(mine.where(Appointment.starts_at > now).order_by(Appointment.starts_at))
    behind = mine.where(Appointment.starts_at.between(now - LOOKS_BACK, now)).order_by(Appointment.starts_at.desc())
    rows = [*ahead, *await session.scalars(behind.limit(BEHIND))]
    return [_visit(who, one, now) for one in rows]


def _visit(who: Account, one: Appointment, now: datetime) -> Visit:
    may = visits.may_change(who, one, now)
    return Visit(
        id=one.id,
        when=visits.at(one.starts_at),
        starts_at=one.starts_at,
        title=one.title,
        place=visits.place(one),
        status_label=_status(one, now),
        can_move=may,
        can_cancel=may,
    )


def _status(one: Appointment, now: datetime) -> str:
    if one.status is Status.unknown and one.starts_at > now:
        return "confirmé par la personne" if one.confirmed_at else "prévu"
    return STATUSES[one.status]

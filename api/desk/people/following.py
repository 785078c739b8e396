"""The people whom one follows, and those of colleagues for whom one stands in, by what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Status
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.reaching import Absence
from api.caseworkers.tables import Caseworker
from api.core.clock import paris
from api.core.folding import fold
from api.desk.card import commune_name
from api.desk.labels import STAGES
from api.desk.people import noting
from api.desk.people.due import Due, Followed, What, due
from api.desk.people.records import Records, records
from api.desk.people.scope import followed, only
from api.desk.scope import check_role
from api.pathways.delays import contract
from api.pathways.state import State
from api.texts.formats import clock_time, day

PAGE = 50


@dataclass(frozen=True)
class Person:
    """One line: what is due first. None: not known, nothing, or not for this organisation to see."""

    id: UUID
    name: str
    commune: str | None
    stage: str | None
    due: list[Due]
    next_appointment: str | None
    """ "mardi 1er décembre à 9 h 30"."""
    contract_ends_on: date | None
    last_contact_on: date | None
    """The last day on which they were seen, or wrote or were written to in a request of this organisation."""
    channel: str
    """ "sms" when they can be written to first, else "none"."""
    instead_of: str | None
    """The colleague, away, for whom one stands in."""


@dataclass(frozen=True)
class Wanted:
    """Which of them."""

    due: What | None = None
    search: str = ""


@dataclass(frozen=True)
class PeoplePage:
    """Fifty at most, of `total`."""

    total: int
    items: list[Person]


async def page(
    session: AsyncSession, who: Account, wanted: Wanted, shown: frozenset[str], now: datetime, number: int = 1
) -> PeoplePage:
    """The page `number` of what is wanted. Raises NotAllowedHere."""
    found = await everybody(session, who, wanted, shown, now)
    if any(one.instead_of for one in found):
        await noting.look(session, who, noting.LIST)
    return PeoplePage(len(found), found[(number - 1) * PAGE : number * PAGE])


async def everybody(
    session: AsyncSession, who: Account, wanted: Wanted, shown: frozenset[str], now: datetime
) -> list[Person]:
    """All that are wanted, whoever has most pressing things due first. `shown`: the fields that this account sees."""
    check_role(who)
    away = await _away(session, who, now)
    mine = select(Beneficiary).where(Beneficiary.caseworker_id.in_([who.id, *away]), followed(who))
    people = list(await session.scalars(mine.where(*_named(wanted.search)).options(only(shown))))
    known = await records(session, who, [one.id for one in people], shown)
    found = [_person(one, known, shown, now, away.get(one.caseworker_id)) for one in people]
    kept = [one for one in found if wanted.due is None or wanted.due in {what.what for what in one.due}]
    return sorted(kept, key=_pressing)


async def _away(session: AsyncSession, who: Account, now: datetime) -> dict[UUID | None, str]:
    """Colleagues of one's own team for whom one stands in today."""
    theirs = select(Caseworker).where(Caseworker.stand_in_id == who.id, Caseworker.absent_from.is_not(None))
    colleagues = await session.scalars(theirs.where(Caseworker.organisation_id == who.organisation_id))
    today = paris(now).date()
    return {
        one.id: f"{one.first_name} {one.last_name}"
        for one in colleagues
        if one.absent_from and Absence(one.absent_from, one.absent_until).covers(today)
    }


def _named(search: str) -> Iterator[ColumnElement[bool]]:
    for word in fold(search).split():
        names = (Beneficiary.folded_last_name, Beneficiary.folded_first_name)
        yield names[0].contains(word, autoescape=True) | names[1].contains(word, autoescape=True)


def _person(one: Beneficiary, known: Records, shown: frozenset[str], now: datetime, instead_of: str | None) -> Person:
    state = known.states.get(one.id, State())
    follow_up = Followed(state, known.meetings.get(one.id, ()), known.written_at.get(one.id), known.bars.get(one.id))
    ahead = follow_up.ahead(now)
    held = contract(state, paris(now).date()) if "contract" in shown else None
    return Person(
        id=one.id,
        name=f"{one.first_name} {one.last_name}",
        commune=commune_name(one.commune_insee) if "commune" in shown else None,
        stage=STAGES[state.stage] if "stage" in shown else None,
        due=[what for what in due(follow_up, now) if _may_say(what.what, shown)],
        next_appointment=f"{day(ahead.starts_at)} à {clock_time(ahead.starts_at)}" if ahead else None,
        contract_ends_on=held.ends_on if held else None,
        last_contact_on=_last_contact(follow_up, known.last_words.get(one.id), now),
        channel="none" if follow_up.bar else "sms",
        instead_of=instead_of,
    )


def _may_say(what: What, shown: frozenset[str]) -> bool:
    """Whether what is due follows from fields that this account sees."""
    needs = {What.contract: "contract", What.no_appointment: "appointments", What.missed: "appointments"}
    return what not in needs or needs[what] in shown


def _last_contact(known: Followed, words: datetime | None, now: datetime) -> date | None:
    met = [one.starts_at for one in known.meetings if one.status is Status.seen and one.starts_at <= now]
    last = max([*met, *([words] if words else [])], default=None)
    return paris(last).date() if last else None


def _pressing(one: Person) -> tuple[int, date, str]:
    """By the most pressing thing that is due, then by its day; whoever has nothing due comes last."""
    first = one.due[0] if one.due else None
    return (
        (list(What).index(first.what), first.since, fold(one.name)) if first else (len(What), date.max, fold(one.name))
    )

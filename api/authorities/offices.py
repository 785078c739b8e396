"""Where a service is and when it is open, as its authority keeps it: nothing is said that is not there."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes, distance_km
from api.authorities.hours import Hours, opening_phrase
from api.authorities.naming import commune_in
from api.authorities.nearby import NEAR_KM
from api.authorities.opening import is_open, next_opening, spans
from api.authorities.service import authority_for_commune, authority_of
from api.authorities.tables import Organisation, OrganisationKind
from api.core.clock import PARIS
from api.core.dates.reading import read
from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.knowledge.facts import REFERENCE
from api.texts.schemas import Saying

ASKED = "office"
"""The text that tells of an office, before it is known which."""
FILE = REFERENCE / "office_names.yml"
ELSEWHERE = {"caf": "office_caf", "msa": "office_msa"}
"""Those of which we keep no address, and what is said of them."""
RECEIVES = OrganisationKind.conseil_departemental
"""Whoever names no service asks for the one that receives everybody."""


class Office(NamedTuple):
    """One place that receives people, as its sentence needs it."""

    name: str
    address: str
    phone: str
    hours: Hours


async def office(session: AsyncSession, code: str, text: str, moment: datetime) -> Saying:
    """The office that a text asks for, at `moment` (aware): near the commune that it names, or else of `code`."""
    kind, commune = _kind(text), commune_in(text)
    if kind in ELSEWHERE:
        return Saying(ELSEWHERE[kind])
    wanted = OrganisationKind(kind) if kind else RECEIVES
    team = await (_nearest(session, wanted, commune) if commune else _only(session, wanted, code))
    if team is None and wanted is OrganisationKind.france_travail:
        return Saying("office_france_travail")
    of = team.authority_code if team else authority_for_commune(commune.insee) if commune else code
    far = commune and team and team.commune_insee != commune.insee
    around = commune.name if commune and far else None
    return Saying(ASKED, {"around": around} | _told(await _office(session, of, team), text, moment))


def names_one(text: str) -> bool:
    """Whether a text says whose office it asks for."""
    return _kind(text) is not None


def _told(found: Office, text: str, moment: datetime) -> dict[str, object]:
    day = _day(text, moment)
    opens = bool(spans(found.hours, day)) if day else is_open(found.hours, moment)
    # Of a day on which it is closed, people want to know the next.
    since = max(moment, datetime.combine(day + timedelta(days=1), time(), PARIS)) if day else moment
    return {
        **found._asdict(),
        "hours": opening_phrase(found.hours),
        "day": day,
        "open": opens,
        "opens_at": None if opens else next_opening(found.hours, since),
    }


def _day(text: str, moment: datetime) -> date | None:
    found = read(text, moment).spans
    return found[0][0] if len(found) == 1 and found[0][0] == found[0][1] else None


async def _office(session: AsyncSession, code: str, team: Organisation | None) -> Office:
    authority = await authority_of(session, code)
    row = team or authority
    return Office(row.name, row.address, row.phone, authority.hours_left(team.hours if team else None))


async def _nearest(session: AsyncSession, kind: OrganisationKind, commune: Commune) -> Organisation | None:
    """The closest team of a kind, whoever it belongs to; none that is farther than people are sent."""
    teams = await session.scalars(select(Organisation).where(Organisation.kind == kind))
    known = [
        (distance_km(communes()[team.commune_insee], commune), team)
        for team in teams
        if team.commune_insee in communes()
    ]
    near = [(far, team.name, team) for far, team in known if far <= NEAR_KM]
    return min(near, key=lambda one: one[:2])[2] if near else None


async def _only(session: AsyncSession, kind: OrganisationKind, code: str) -> Organisation | None:
    """The one team of a kind that an authority has; of several, its own door leads to the right one."""
    mine = select(Organisation).where(Organisation.kind == kind, Organisation.authority_code == code).limit(2)
    teams = list(await session.scalars(mine))
    return teams[0] if len(teams) == 1 else None


def _kind(text: str) -> str | None:
    said = f" {normalise(text)} "
    return next((kind for kind, names in _names().items() if names.search(said)), None)


@cache
def _names() -> dict[str, re.Pattern[str]]:
    listed: dict[str, list[str]] = read_yaml(FILE)
    return {kind: re.compile(rf"(?<!\S)(?:{'|'.join(names)})(?!\S)") for kind, names in listed.items()}

"""The services that help with a need around a place: near ones, those that work from a distance, then farther ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, not_, or_, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from api.authorities.communes import Commune
from api.authorities.nearby import NEAR_KM, PAGE, inside, kilometres
from api.support.tables import SupportService
from api.support.themes import Theme

ONSITE, REMOTE = "en-presentiel", "a-distance"
"""modes_accueil."""


class Reach(IntEnum):
    """How a person gets to a service, the easiest first."""

    near = 0
    remote = 1
    far = 2


@dataclass(frozen=True)
class Help:
    """One service, seen from a place."""

    service: SupportService
    km: float
    reach: Reach


@dataclass(frozen=True)
class Page:
    """At most three services, and how many there are with those that follow."""

    helps: list[Help]
    left: int


async def page(session: AsyncSession, theme: Theme, centre: Commune, *, farthest: Reach, shown: list[str]) -> Page:
    """The next services for a need, around `centre`, without those `shown` (ids of services).

    One service of one structure is told once, where it is easiest to get to.
    """
    found = _distinct(theme, centre, farthest).subquery()
    wanted = (
        select(SupportService, found.c.km, found.c.reach, func.count().over())
        .join(found, found.c.id == SupportService.id)
        .where(found.c.nth == 1, found.c.id.not_in([UUID(known) for known in shown]))
        .order_by(found.c.reach, func.round(found.c.km), SupportService.name, found.c.id)
        .limit(PAGE)
    )
    rows = (await session.execute(wanted)).all()
    return Page([Help(row[0], row[1], Reach(row[2])) for row in rows], rows[0][3] if rows else 0)


def _distinct(theme: Theme, centre: Commune, farthest: Reach) -> Select[Any]:
    km = kilometres(SupportService.latitude, SupportService.longitude, centre)
    reach = _reach(centre, km)
    same = [SupportService.name, SupportService.structure]
    nth = func.row_number().over(partition_by=same, order_by=[reach, km, SupportService.id])
    about = and_(_helps_with(theme), _receives(centre))
    every = select(SupportService.id, km.label("km"), reach.label("reach"), nth.label("nth")).where(about)
    return every if farthest is Reach.far else every.where(reach <= farthest)


def _reach(centre: Commune, km: ColumnElement[float]) -> ColumnElement[int]:
    around = inside(SupportService.latitude, SupportService.longitude, centre, NEAR_KM)
    remote, onsite = (SupportService.reception.contains([mode]) for mode in (REMOTE, ONSITE))
    return case(
        (and_(remote, not_(onsite)), Reach.remote.value),
        (and_(around, km <= NEAR_KM), Reach.near.value),
        (remote, Reach.remote.value),
        else_=Reach.far.value,
    )


def _helps_with(theme: Theme) -> ColumnElement[bool]:
    covered = _any_of(SupportService.themes, theme.covers)
    if not theme.mentions:
        return covered
    told = func.concat_ws(" ", SupportService.name, SupportService.description)
    return and_(covered, told.regexp_match("|".join(map(re.escape, theme.mentions)), flags="i"))


def _receives(centre: Commune) -> ColumnElement[bool]:
    """Whether people of this commune may come: nowhere named means everywhere."""
    here = _any_of(SupportService.zone, (centre.insee, centre.departement))
    return or_(func.jsonb_array_length(SupportService.zone) == 0, here)


def _any_of(listed: InstrumentedAttribute[list[str]], words: Sequence[str]) -> ColumnElement[bool]:
    return listed.bool_op("?|")(array(words, type_=Text))

"""The offers of a wish, nearest first, then soonest: one query, in which a square of map comes before any distance."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, literal, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune
from api.authorities.nearby import PAGE, inside, kilometres
from api.training.tables import Entry, Recruitment, Training, TrainingSession
from api.training.wish import Wish


@dataclass(frozen=True)
class Offer:
    """One session of one course, seen from a place."""

    training: Training
    session: TrainingSession
    km: float


@dataclass(frozen=True)
class Page:
    """At most three offers, and how many there are with those that follow."""

    offers: list[Offer]
    left: int


async def page(
    session: AsyncSession, wish: Wish, centre: Commune, today: date, *, within: float | None, shown: list[str]
) -> Page:
    """The next offers of a wish around `centre`, without those `shown` (session ids); `within` is in kilometres.

    One course in one town is one offer, at its soonest date: three dates of the same course would hide the others.
    """
    found = _distinct(wish, centre, today, within).subquery()
    wanted = (
        select(Training, TrainingSession, found.c.km, func.count().over())
        .join(TrainingSession, TrainingSession.id == found.c.id)
        .join(Training, Training.id == TrainingSession.training_id)
        .where(found.c.nth == 1, found.c.id.not_in([UUID(known) for known in shown]))
        # Whole kilometres: 300 m more inside one town should not come before a month less to wait.
        .order_by(func.round(found.c.km), found.c.begins, Training.title, found.c.id)
        .limit(PAGE)
    )
    if within is not None:
        wanted = wanted.where(found.c.km <= within)
    rows = (await session.execute(wanted)).all()
    return Page([Offer(row[0], row[1], row[2]) for row in rows], rows[0][3] if rows else 0)


def _distinct(wish: Wish, centre: Commune, today: date, within: float | None) -> Select[Any]:
    begins = case((TrainingSession.entry == Entry.permanent, literal(today)), else_=TrainingSession.starts_on)
    town = [TrainingSession.training_id, TrainingSession.commune_insee]
    nth = func.row_number().over(partition_by=town, order_by=[begins, TrainingSession.id])
    km = kilometres(TrainingSession.latitude, TrainingSession.longitude, centre)
    open_now = (
        select(TrainingSession.id, km.label("km"), begins.label("begins"), nth.label("nth"))
        .join(Training, Training.id == TrainingSession.training_id)
        .where(TrainingSession.recruitment == Recruitment.open, _subject(wish))
        .where(or_(TrainingSession.entry == Entry.permanent, TrainingSession.starts_on >= today))
    )
    if within is None:
        return open_now
    return open_now.where(inside(TrainingSession.latitude, TrainingSession.longitude, centre, within))


def _subject(wish: Wish) -> ColumnElement[bool]:
    if wish.trade:
        return Training.trades.contains([wish.trade])
    asked = func.websearch_to_tsquery(literal_column("'french'"), wish.words)
    return Training.search.bool_op("@@")(asked)

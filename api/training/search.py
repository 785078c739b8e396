"""The offers of a wish, nearest first, then soonest: one query, in which a square of map comes before any distance."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, func, literal, literal_column, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune
from api.authorities.nearby import NEAR_KM, PAGE, inside, kilometres
from api.training.tables import Entry, Recruitment, Teaching, Training, TrainingSession
from api.training.wish import Wish

AT_HOME = TrainingSession.teaching == Teaching.remote
AT_HOME_KM = NEAR_KM + 1
"""Where a course that is followed from home stands in the order: after what is near, before what is far."""


@dataclass(frozen=True)
class Offer:
    """One session of one course, seen from a place."""

    training: Training
    session: TrainingSession
    km: float | None
    """None for what is followed from home, or seen from nowhere."""


@dataclass(frozen=True)
class Page:
    """At most three offers, and how many there are with those that follow."""

    offers: list[Offer]
    left: int


async def page(
    session: AsyncSession, wish: Wish, centre: Commune | None, today: date, *, within: float | None, shown: list[str]
) -> Page:
    """The next offers of a wish around `centre`, without those `shown` (session ids); `within` is in kilometres.

    One course in one town is one offer, at its soonest date: three dates of the same course would hide the others.
    What is followed from home is near everywhere; `centre` may be missing when nothing else is wished for.
    """
    found = _distinct(wish, centre, today, within).subquery()
    wanted = (
        select(Training, TrainingSession, found.c.km, func.count().over())
        .join(TrainingSession, TrainingSession.id == found.c.id)
        .join(Training, Training.id == TrainingSession.training_id)
        .where(found.c.nth == 1, found.c.id.not_in([UUID(known) for known in shown]))
        # Whole kilometres: 300 m more inside one town should not come before a month less to wait.
        .order_by(func.round(func.coalesce(found.c.km, AT_HOME_KM)), found.c.begins, Training.title, found.c.id)
        .limit(PAGE)
    )
    if within is not None:
        wanted = wanted.where(or_(found.c.km.is_(None), found.c.km <= within))
    rows = (await session.execute(wanted)).all()
    return Page([Offer(row[0], row[1], row[2]) for row in rows], rows[0][3] if rows else 0)


def _distinct(wish: Wish, centre: Commune | None, today: date, within: float | None) -> Select[Any]:
    # A permanent entry begins today: whoever wants to begin later does not want it.
    begins = case((TrainingSession.entry == Entry.permanent, literal(today)), else_=TrainingSession.starts_on)
    town = [TrainingSession.training_id, case((AT_HOME, ""), else_=TrainingSession.commune_insee)]
    nth = func.row_number().over(partition_by=town, order_by=[begins, TrainingSession.id])
    open_then = (
        select(TrainingSession.id, _kilometres(centre).label("km"), begins.label("begins"), nth.label("nth"))
        .join(Training, Training.id == TrainingSession.training_id)
        .where(TrainingSession.recruitment == Recruitment.open, _subject(wish), _refined(wish))
        .where(begins >= max(today, wish.begins_after or today))
    )
    if within is None or centre is None:
        return open_then
    near = inside(TrainingSession.latitude, TrainingSession.longitude, centre, within)
    return open_then.where(or_(AT_HOME, near))


def _kilometres(centre: Commune | None) -> ColumnElement[Any]:
    if centre is None:
        return cast(null(), Float)
    return case((AT_HOME, null()), else_=kilometres(TrainingSession.latitude, TrainingSession.longitude, centre))


def _subject(wish: Wish) -> ColumnElement[bool]:
    if wish.trade:
        return Training.trades.contains([wish.trade])
    asked = func.websearch_to_tsquery(literal_column("'french'"), wish.words)
    return Training.search.bool_op("@@")(asked)


def _refined(wish: Wish) -> ColumnElement[bool]:
    no_diploma = [Training.entry_level.is_(None)] if wish.no_diploma else []
    return and_(True, *no_diploma, *([AT_HOME] if wish.remote else []))

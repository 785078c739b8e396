"""The offers that a conversation was shown last, and one offer by its id."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes, distance_km
from api.authorities.nearby import PAGE
from api.training.search import Offer
from api.training.tables import Entry, Recruitment, Teaching, Training, TrainingSearch, TrainingSession


async def open_search(session: AsyncSession, conversation_id: UUID, search_id: UUID | None) -> TrainingSearch | None:
    """The search of this id, if it is this conversation's own."""
    row = await session.get(TrainingSearch, search_id) if search_id else None
    return row if row and row.conversation_id == conversation_id else None


async def offer_of(session: AsyncSession, session_id: UUID, search: TrainingSearch | None) -> Offer | None:
    """The offer of a session, seen from where the search looks; None when no provider offers it any more."""
    found = await _offers(session, [str(session_id)], search)
    return found[0]


async def last_shown(session: AsyncSession, search: TrainingSearch | None) -> list[Offer | None]:
    """The last page of a search, in its order; None in the place of what is offered no more."""
    return await _offers(session, last_page(search.shown), search) if search else []


async def day_after(session: AsyncSession, search: TrainingSearch, today: date) -> date:
    """What "plus tard" means: the day after the last date on the page shown last; tomorrow when it shows none."""
    page = [UUID(one) for one in last_page(search.shown)]
    dates = select(func.max(TrainingSession.starts_on)).where(TrainingSession.id.in_(page))
    last = await session.scalar(dates.where(TrainingSession.entry == Entry.fixed))
    return (last or search.begins_after or today) + timedelta(days=1)


def last_page(shown: Sequence[str]) -> Sequence[str]:
    """The ids shown last: pages are full but the last."""
    return shown[(len(shown) - 1) // PAGE * PAGE :] if shown else []


def is_open(offer: Offer, today: date) -> bool:
    """Whether one can still join it."""
    session = offer.session
    ahead = session.entry is Entry.permanent or (session.starts_on is not None and session.starts_on >= today)
    return ahead and session.recruitment is Recruitment.open


async def _offers(session: AsyncSession, ids: Sequence[str], search: TrainingSearch | None) -> list[Offer | None]:
    wanted = (
        select(Training, TrainingSession)
        .join(TrainingSession, TrainingSession.training_id == Training.id)
        .where(TrainingSession.id.in_([UUID(one) for one in ids]))
    )
    centre = communes().get(search.commune_insee or "") if search else None
    found = {str(row[1].id): Offer(row[0], row[1], _km(row[1], centre)) for row in await session.execute(wanted)}
    return [found.get(one) for one in ids]


def _km(session: TrainingSession, centre: Commune | None) -> float | None:
    return None if centre is None or session.teaching is Teaching.remote else distance_km(centre, session)

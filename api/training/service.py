"""Searching for training: each message says a little more, each page is shown once."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune
from api.authorities.places import Where, moved
from api.conversations.searches import Found, Occasion, found_once, place_before
from api.training import paging, sayings
from api.training.paging import Told
from api.training.refining import Refinement
from api.training.shown import day_after, open_search
from api.training.tables import TrainingSearch
from api.training.wish import Wish


@dataclass(frozen=True)
class Asked(Where):
    """What a message says of a search; all of it folded, all of it optional."""

    trade: str | None = None
    """A trade's name, label or code."""
    words: str | None = None
    """The subject, when no trade was recognised."""
    refinement: Refinement = Refinement()


async def search(session: AsyncSession, occasion: Occasion, asked: Asked, search_id: UUID | None) -> Found:
    """Begin a search or refine the open one, and show its first page; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        later = await day_after(session, row, occasion.today)
        wish, namesakes = _moved(_wish(row).refined(asked.refinement, later, occasion.today), asked)
        _keep(row, wish)
        asking = Told(sayings.which_place(namesakes), [])
        told = asking if namesakes else await paging.first_page(session, wish, occasion.today)
        row.shown = told.shown
        return Found(row.id, told.sayings)

    return await found_once(session, occasion, do)


async def more(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> Found:
    """The next page of the open search; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        told = await paging.next_page(session, _wish(row), occasion.today, row.shown)
        row.shown = [*row.shown, *told.shown]
        return Found(row.id, told.sayings)

    return await found_once(session, occasion, do)


async def _open(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> TrainingSearch:
    row = await open_search(session, occasion.conversation_id, search_id)
    if row is None:
        before = await place_before(session, occasion)
        row = TrainingSearch(conversation_id=occasion.conversation_id, commune_insee=before, shown=[])
        session.add(row)
        await session.flush()
    return row


def _wish(row: TrainingSearch) -> Wish:
    return Wish(row.trade, row.words, row.commune_insee, row.begins_after, row.no_diploma, row.remote)


def _keep(row: TrainingSearch, wish: Wish) -> None:
    row.trade, row.words, row.commune_insee = wish.trade, wish.words, wish.insee
    row.begins_after, row.no_diploma, row.remote = wish.begins_after, wish.no_diploma, wish.remote


def _moved(wish: Wish, asked: Asked) -> tuple[Wish, list[Commune]]:
    """The wish about the subject and the place of this message; and the namesakes, when the place is not clear."""
    insee, namesakes = moved(asked, wish.insee)
    return replace(wish.about(asked.trade, asked.words), insee=insee), namesakes

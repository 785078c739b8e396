"""Searching for training: each message says a little more, each page is shown once."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes
from api.authorities.nearby import NEAR_KM
from api.authorities.places import Where, moved
from api.conversations.searches import Found, Occasion, found_once
from api.texts.schemas import Saying
from api.training import sayings
from api.training.search import page
from api.training.tables import TrainingSearch
from api.training.wish import Wish


@dataclass(frozen=True)
class Asked(Where):
    """What a message says of a search; all of it folded, all of it optional."""

    trade: str | None = None
    """A trade's name, label or code."""
    words: str | None = None
    """The subject, when no trade was recognised."""


async def search(session: AsyncSession, occasion: Occasion, asked: Asked, search_id: UUID | None) -> Found:
    """Begin a search or refine the open one, and show its first page; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        wish, namesakes = _refined(_wish(row), asked)
        row.trade, row.words, row.commune_insee, row.shown = wish.trade, wish.words, wish.insee, []
        said = sayings.which_place(namesakes) if namesakes else await _first_page(session, occasion, row)
        return Found(row.id, said)

    return await found_once(session, occasion, do)


async def more(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> Found:
    """The next page of the open search; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        return Found(row.id, await _next_page(session, occasion, row))

    return await found_once(session, occasion, do)


async def _open(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> TrainingSearch:
    row = await session.get(TrainingSearch, search_id) if search_id else None
    if row is None or row.conversation_id != occasion.conversation_id:
        row = TrainingSearch(conversation_id=occasion.conversation_id, shown=[])
        session.add(row)
        await session.flush()
    return row


def _wish(row: TrainingSearch) -> Wish:
    return Wish(row.trade, row.words, row.commune_insee)


def _refined(wish: Wish, asked: Asked) -> tuple[Wish, list[Commune]]:
    """The wish after this message; and the namesakes to choose from, when the place is not clear."""
    insee, namesakes = moved(asked, wish.insee)
    return replace(wish.about(asked.trade, asked.words), insee=insee), namesakes


def _missing(wish: Wish) -> list[Saying]:
    """What must be asked before anything can be looked for; one question at a time."""
    if not wish.label:
        return [sayings.ASK_TRADE]
    return [] if wish.insee else [sayings.ASK_PLACE]


async def _first_page(session: AsyncSession, occasion: Occasion, row: TrainingSearch) -> list[Saying]:
    wish = _wish(row)
    if missing := _missing(wish):
        return missing
    centre = communes()[wish.insee or ""]
    for within, told in ((NEAR_KM, sayings.found), (None, sayings.farther)):
        offers = await page(session, wish, centre, occasion.today, within=within, shown=[])
        if offers.offers:
            row.shown = [str(offer.session.id) for offer in offers.offers]
            return told(offers, wish, centre)
    return sayings.none(wish, centre)


async def _next_page(session: AsyncSession, occasion: Occasion, row: TrainingSearch) -> list[Saying]:
    wish = _wish(row)
    if missing := _missing(wish):
        return missing
    centre = communes()[wish.insee or ""]
    # What was found near is all that was counted; only where nothing is near does the search go on farther.
    near = await page(session, wish, centre, occasion.today, within=NEAR_KM, shown=[])
    within = NEAR_KM if near.offers else None
    offers = await page(session, wish, centre, occasion.today, within=within, shown=row.shown)
    row.shown = [*row.shown, *(str(offer.session.id) for offer in offers.offers)]
    return sayings.listed(offers) if offers.offers else [sayings.NO_MORE]

"""Searching for training: each message says a little more, each page is shown once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes
from api.conversations.drafts import once
from api.core.clock import today
from api.texts.schemas import Saying
from api.training import places, sayings
from api.training.nearby import NEAR_KM
from api.training.search import page
from api.training.tables import TrainingSearch
from api.training.wish import Wish


@dataclass(frozen=True)
class Occasion:
    """The action that asks, in its turn; `once()` keeps what it did under this name."""

    conversation_id: UUID
    turn_id: UUID
    action: str
    today: date = field(default_factory=today)


@dataclass(frozen=True)
class Asked:
    """What a message says of a search; all of it folded, all of it optional."""

    place: str | None = None
    """A commune's name, INSEE code or postal code."""
    trade: str | None = None
    """A trade's name, label or code."""
    words: str | None = None
    """The subject, when no trade was recognised."""
    hint: str | None = None
    """A département or postal code named beside or instead of a place (`places.clue`)."""
    near: str | None = None
    """INSEE code of where an identified person lives."""


@dataclass(frozen=True)
class Found:
    """What to say, and the search that "d'autres ?" and "plutôt à Quimper" will refer to."""

    search_id: UUID | None
    sayings: list[Saying]


async def search(session: AsyncSession, occasion: Occasion, asked: Asked, search_id: UUID | None) -> Found:
    """Begin a search or refine the open one, and show its first page; the same page if the turn runs again."""

    async def do() -> dict[str, Any]:
        row = await _open(session, occasion, search_id)
        wish, namesakes = _refined(_wish(row), asked)
        row.trade, row.words, row.commune_insee, row.shown = wish.trade, wish.words, wish.insee, []
        said = sayings.which_place(namesakes) if namesakes else await _first_page(session, occasion, row)
        return _result(row, said)

    return await _once(session, occasion, do)


async def more(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> Found:
    """The next page of the open search; the same page if the turn runs again."""

    async def do() -> dict[str, Any]:
        row = await _open(session, occasion, search_id)
        return _result(row, await _next_page(session, occasion, row))

    return await _once(session, occasion, do)


async def _once(session: AsyncSession, occasion: Occasion, do: Callable[[], Awaitable[dict[str, Any]]]) -> Found:
    result = await once(session, occasion.turn_id, occasion.action, 0, do)
    return Found(UUID(result["search"]), [Saying(said["name"], said["facts"]) for said in result["says"]])


def _result(row: TrainingSearch, said: list[Saying]) -> dict[str, Any]:
    return {"search": str(row.id), "says": [{"name": saying.name, "facts": saying.facts} for saying in said]}


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
    wish = wish.about(asked.trade, asked.words)
    known = [communes()[insee] for insee in (wish.insee, asked.near) if insee in communes()]
    found = _places(wish, asked)
    if not found:
        return (wish if wish.insee or not asked.near else replace(wish, insee=asked.near)), []
    commune = places.meant(found, asked.hint, known)
    # The largest stands until the person chooses: a bare "dans le Finistère" then moves to its namesake.
    chosen = replace(wish, insee=(commune or found[0]).insee)
    return chosen, ([] if commune else found)


def _places(wish: Wish, asked: Asked) -> list[Commune]:
    if asked.place:
        return places.candidates(asked.place)
    if asked.hint and len(asked.hint) == 5:
        return places.candidates(asked.hint)
    if asked.hint and wish.insee:
        return places.namesakes(communes()[wish.insee])
    return []


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

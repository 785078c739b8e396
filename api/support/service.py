"""Searching for help: each message says a little more, each page is shown once."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes
from api.authorities.places import Where, moved
from api.conversations.searches import Found, Occasion, found_once, place_before
from api.support import sayings
from api.support.search import Reach, page
from api.support.tables import SupportSearch
from api.support.themes import Theme, themes
from api.texts.schemas import Saying


@dataclass(frozen=True)
class Asked(Where):
    """What a message says of a search; all of it optional."""

    themes: tuple[Theme, ...] = ()
    """What it names, in its order."""
    anew: bool = False
    """It begins again: what was looked for until now is forgotten unless it says so."""
    known: bool = False
    """Whether the conversation knows who speaks: a caseworker can then be asked for them."""


async def search(session: AsyncSession, occasion: Occasion, asked: Asked, search_id: UUID | None) -> Found:
    """Begin a search or refine the open one, and show its first page; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        row.commune_insee, namesakes = moved(asked, row.commune_insee)
        # The first stands until the person chooses, so that a bare "Brest" still gets an answer.
        row.theme = asked.themes[0].code if asked.themes else (None if asked.anew else row.theme)
        row.shown = []
        if len(asked.themes) > 1:
            return Found(row.id, [sayings.which_theme(asked.themes)])
        if namesakes:
            return Found(row.id, [sayings.which_place(namesakes)])
        return Found(row.id, await _first_page(session, row, known=asked.known))

    return await found_once(session, occasion, do)


async def more(session: AsyncSession, occasion: Occasion, search_id: UUID | None, *, known: bool) -> Found:
    """The next page of the open search; the same page if the turn runs again."""

    async def do() -> Found:
        row = await _open(session, occasion, search_id)
        return Found(row.id, await _next_page(session, row, known=known))

    return await found_once(session, occasion, do)


async def _open(session: AsyncSession, occasion: Occasion, search_id: UUID | None) -> SupportSearch:
    row = await session.get(SupportSearch, search_id) if search_id else None
    if row is None or row.conversation_id != occasion.conversation_id:
        before = await place_before(session, occasion)
        row = SupportSearch(conversation_id=occasion.conversation_id, commune_insee=before, shown=[])
        session.add(row)
        await session.flush()
    return row


async def _first_page(session: AsyncSession, row: SupportSearch, *, known: bool) -> list[Saying]:
    if missing := _missing(row):
        return missing
    theme, centre = _subject(row)
    farthest = await _farthest(session, theme, centre)
    first = await page(session, theme, centre, farthest=farthest, shown=[])
    if not first.helps:
        return [sayings.none(theme, centre)]
    row.shown = [str(help.service.id) for help in first.helps]
    heading = sayings.farther if farthest is Reach.far else sayings.found
    return [heading(first, theme, centre), *sayings.listed(first, known=known)]


async def _next_page(session: AsyncSession, row: SupportSearch, *, known: bool) -> list[Saying]:
    if missing := _missing(row):
        return missing
    theme, centre = _subject(row)
    farthest = await _farthest(session, theme, centre)
    following = await page(session, theme, centre, farthest=farthest, shown=row.shown)
    row.shown = [*row.shown, *(str(help.service.id) for help in following.helps)]
    return sayings.listed(following, known=known) if following.helps else [sayings.no_more(theme)]


async def _farthest(session: AsyncSession, theme: Theme, centre: Commune) -> Reach:
    """How far a search goes: only where nothing is near does it leave the surroundings."""
    near = await page(session, theme, centre, farthest=Reach.near, shown=[])
    return Reach.remote if near.helps else Reach.far


def _missing(row: SupportSearch) -> list[Saying]:
    """What must be asked before anything can be looked for; one question at a time."""
    if row.theme not in themes():
        return [sayings.ASK_THEME]
    return [] if row.commune_insee in communes() else [sayings.ASK_PLACE]


def _subject(row: SupportSearch) -> tuple[Theme, Commune]:
    return themes()[row.theme or ""], communes()[row.commune_insee or ""]

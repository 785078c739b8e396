"""The pages of a search: the first, the next, and what is said when there is none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes
from api.authorities.nearby import NEAR_KM
from api.texts.schemas import Saying
from api.training import sayings
from api.training.refining import dropping
from api.training.search import Page, page
from api.training.wish import Wish

ALL = "all"


@dataclass(frozen=True)
class Told:
    """What is said, and the ids of the sessions that it shows, in order."""

    sayings: list[Saying]
    shown: list[str]


async def first_page(session: AsyncSession, wish: Wish, today: date) -> Told:
    """The first offers, or the one question that is still open, or why there is nothing."""
    if missing := _missing(wish):
        return Told(missing, [])
    within, offers = await _reach(session, wish, today)
    centre = _centre(wish)
    if not offers.offers:
        return Told(sayings.none(wish, centre, await _in_the_way(session, wish, today)), [])
    told = sayings.farther if within is None else sayings.found
    return Told(told(offers, wish, centre), _ids(offers))


async def next_page(session: AsyncSession, wish: Wish, today: date, shown: list[str]) -> Told:
    """The offers that follow those shown."""
    if missing := _missing(wish):
        return Told(missing, [])
    # What was found near is all that was counted; only where nothing is near does the search go on farther.
    within, _ = await _reach(session, wish, today)
    offers = await page(session, wish, _centre(wish), today, within=within, shown=shown)
    return Told(sayings.listed(offers) if offers.offers else [sayings.NO_MORE], _ids(offers))


def _missing(wish: Wish) -> list[Saying]:
    """What must be asked before anything can be looked for; one question at a time."""
    if not wish.label:
        return [sayings.ASK_TRADE]
    return [] if wish.insee or wish.remote else [sayings.ASK_PLACE]


async def _reach(session: AsyncSession, wish: Wish, today: date) -> tuple[float | None, Page]:
    """How far the search goes, and its first page. A course from home alone does not spare a look farther."""
    near = await page(session, wish, _centre(wish), today, within=NEAR_KM, shown=[])
    if near.offers and (wish.remote or near.offers[0].km is not None):
        return NEAR_KM, near
    return None, await page(session, wish, _centre(wish), today, within=None, shown=[])


async def _in_the_way(session: AsyncSession, wish: Wish, today: date) -> list[str]:
    """The refinements without which there would be something: one by one, or all of them at once."""

    async def helps(name: str) -> bool:
        rest = wish.refined(dropping(name), today, today)
        return bool((await page(session, rest, _centre(rest), today, within=None, shown=[])).offers)

    names = [name for name in wish.refined_by if await helps(name)]
    return names or ([ALL] if len(wish.refined_by) > 1 and await helps(ALL) else [])


def _centre(wish: Wish) -> Commune | None:
    return communes()[wish.insee] if wish.insee else None


def _ids(offers: Page) -> list[str]:
    return [str(offer.session.id) for offer in offers.offers]

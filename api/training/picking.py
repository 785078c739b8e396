"""One course of those that a conversation was shown: named by a button, by words, or the only one in question."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.training.search import Offer
from api.training.shown import last_shown, offer_of, open_search
from api.training.which import Pointing, named, nth


@dataclass(frozen=True)
class Asked:
    """What a message, its button and the conversation say of one course."""

    said: Pointing
    search_id: UUID | None = None
    course: UUID | None = None
    """Carried by a button: the id of a session."""
    last: UUID | None = None
    """The session whose details were told last."""


@dataclass(frozen=True)
class Picked:
    """The course that is meant; or those to choose from; or none at all when none was shown."""

    offer: Offer | None = None
    among: Sequence[Offer] = ()
    gone: bool = False
    """It is offered no more."""
    elsewhere: bool = False
    """A trade or a place is named, and nothing that was shown fits: another search is meant."""


async def pick(session: AsyncSession, conversation_id: UUID, asked: Asked) -> Picked:
    """Which course is meant. A name counts before what was last talked about, and that before the only one shown."""
    search = await open_search(session, conversation_id, asked.search_id)
    if asked.course:
        return _one(await offer_of(session, asked.course, search))
    shown = await last_shown(session, search)
    hits = named(shown, asked.said)
    if len(hits) == 1:
        return _one(hits[0])
    if not hits and nth(asked.said.text) is not None:
        # "La troisième" of two: no other is put in its place.
        return Picked(among=_standing(shown))
    if not hits and (asked.said.trade or asked.said.place):
        return Picked(elsewhere=True)
    last = await offer_of(session, asked.last, search) if asked.last else None
    choices = _standing(hits or shown)
    if last and (not hits or last.session.id in {offer.session.id for offer in choices}):
        return _one(last)
    return _one(choices[0]) if len(choices) == 1 else Picked(among=choices)


def _standing(shown: Sequence[Offer | None]) -> tuple[Offer, ...]:
    return tuple(offer for offer in shown if offer)


def _one(offer: Offer | None) -> Picked:
    return Picked(offer=offer, gone=offer is None)

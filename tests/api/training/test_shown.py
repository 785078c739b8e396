"""What was shown last stays numbered as it was shown, whatever became of it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.nearby import PAGE
from api.training.shown import is_open, last_page, last_shown, offer_of, open_search
from api.training.tables import Entry, Recruitment, Teaching, TrainingSession
from tests import factories
from tests.api.training.talking import TODAY, Talk, offers
from tests.factories import LANDERNEAU


@pytest.fixture
async def talk(session: AsyncSession) -> Talk:
    return Talk(session, await factories.conversation(session))


@given(st.integers(0, 20))
def test_the_last_page_is_what_follows_the_full_pages(many: int) -> None:
    shown = [str(number) for number in range(many)]
    page = last_page(shown)

    assert shown[len(shown) - len(page) :] == page
    assert len(page) <= PAGE
    assert bool(page) is bool(shown)
    assert (len(shown) - len(page)) % PAGE == 0


async def test_the_page_shown_last_is_given_in_its_order(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABCDE")
    await talk.asks(trade="soudeur", place="brest")
    assert await titles(session, talk) == ["A", "B", "C"]

    await talk.wants_more()
    assert await titles(session, talk) == ["D", "E"]
    await talk.wants_more()
    assert await titles(session, talk) == ["D", "E"]


async def test_what_was_withdrawn_leaves_its_place_empty(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABC")
    await talk.asks(trade="soudeur", place="brest")
    search = await open_search(session, talk.conversation.id, talk.search_id)
    [_, second, _] = await last_shown(session, search)
    assert second is not None
    await session.execute(delete(TrainingSession).where(TrainingSession.id == second.session.id))

    assert await titles(session, talk) == ["A", None, "C"]
    assert await offer_of(session, second.session.id, search) is None


async def test_an_offer_is_seen_from_where_the_search_looks(session: AsyncSession, talk: Talk) -> None:
    there = await factories.training_session(session, await factories.training(session), LANDERNEAU)
    home = await factories.training_session(session, await factories.training(session), teaching=Teaching.remote)
    await talk.asks(trade="soudeur", place="brest")
    search = await open_search(session, talk.conversation.id, talk.search_id)

    seen = [await offer_of(session, one.id, search) for one in (there, home)]
    assert [round(offer.km) if offer and offer.km else None for offer in seen] == [18, None]
    unseen = await offer_of(session, there.id, None)
    assert unseen is not None
    assert unseen.km is None


async def test_the_search_of_another_conversation_shows_nothing(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "A")
    await talk.asks(trade="soudeur", place="brest")

    assert await open_search(session, uuid4(), talk.search_id) is None
    assert await last_shown(session, None) == []


@pytest.mark.parametrize(
    ("given_", "joined"),
    [
        ({"entry": Entry.permanent}, True),
        ({"entry": Entry.fixed, "starts_on": TODAY}, True),
        ({"entry": Entry.fixed, "starts_on": date(2026, 11, 30)}, False),
        ({"entry": Entry.permanent, "recruitment": Recruitment.closed}, False),
        ({"entry": Entry.permanent, "recruitment": Recruitment.suspended}, False),
    ],
)
async def test_only_what_can_still_be_joined_is_open(
    session: AsyncSession, given_: dict[str, Any], joined: bool
) -> None:
    made = await factories.training_session(session, await factories.training(session), **given_)
    seen = await offer_of(session, made.id, None)

    assert seen is not None
    assert is_open(seen, TODAY) is joined


async def titles(session: AsyncSession, talk: Talk) -> list[str | None]:
    search = await open_search(session, talk.conversation.id, talk.search_id)
    return [offer.training.title if offer else None for offer in await last_shown(session, search)]

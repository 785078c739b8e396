from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.texts.library import entries, template
from api.texts.schemas import Saying, plain
from api.training.service import Asked, more, search
from api.training.tables import Entry, Recruitment, TrainingSearch
from tests import factories
from tests.api.training.talking import TODAY, Talk, offers
from tests.factories import BREST, LANDERNEAU, QUIMPER

FIXED = {"entry": Entry.fixed}
STANDARD = {"authority": {"name": "Finistère", "phone": "+33261910001", "hours": ""}}


@pytest.fixture
async def talk(session: AsyncSession) -> Talk:
    return Talk(session, await factories.conversation(session))


async def test_what_is_missing_is_asked_one_thing_at_a_time(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Soudeur")

    assert (await talk.asks()).names == ["training_ask_trade"]
    assert (await talk.asks(trade="soudeur")).names == ["training_ask_place"]
    assert (await talk.asks(place="brest")).names == ["training_found", "training_item", "training_choose"]
    assert talk.said[0].facts | {"trade": "soudure", "place": "Brest", "count": 1} == talk.said[0].facts


async def test_where_an_identified_person_lives_is_near_enough(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Soudeur")

    assert (await talk.asks(trade="soudeur", near=BREST)).names == [
        "training_found",
        "training_item",
        "training_choose",
    ]
    assert (await talk.asks(place="rennes", near=BREST)).names[0] == "training_farther"
    assert (await talk.asks(trade="soudeur", near=BREST)).said[0].facts["place"] == "Rennes"


async def test_the_nearest_comes_first_and_then_the_soonest(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Loin", insee=LANDERNEAU)
    await offers(session, "Mars", starts_on=date(2027, 3, 1), **FIXED)
    await offers(session, "Janvier", starts_on=date(2027, 1, 4), **FIXED)

    await talk.asks(trade="soudeur", place="brest")

    assert talk.told("title") == ["Janvier", "Mars", "Loin"]
    assert talk.told("km")[:2] == [0, 0]
    assert 15 <= talk.told("km")[2] <= 20


async def test_inside_one_town_waiting_less_counts_more_than_three_hundred_metres(
    session: AsyncSession, talk: Talk
) -> None:
    await offers(session, "Mars", starts_on=date(2027, 3, 1), **FIXED)
    await offers(session, "Janvier", starts_on=date(2027, 1, 4), latitude=48.405, **FIXED)

    assert (await talk.asks(trade="soudeur", place="brest")).told("title") == ["Janvier", "Mars"]


@pytest.mark.parametrize(
    ("rule", "given", "shown"),
    [
        ("begins today", {"entry": Entry.fixed, "starts_on": TODAY}, True),
        ("began yesterday", {"entry": Entry.fixed, "starts_on": date(2026, 11, 30)}, False),
        ("permanent, whenever it began", {"entry": Entry.permanent, "starts_on": date(2026, 1, 5)}, True),
        ("closed", {"recruitment": Recruitment.closed}, False),
        ("suspended", {"recruitment": Recruitment.suspended}, False),
    ],
)
async def test_only_what_one_can_still_join_is_shown(
    session: AsyncSession, talk: Talk, rule: str, given: dict[str, Any], shown: bool
) -> None:
    await offers(session, "Soudeur", **given)

    await talk.asks(trade="soudeur", place="brest")

    assert talk.names[0] == ("training_found" if shown else "training_none"), rule


async def test_three_dates_of_one_course_in_one_town_are_one_offer(session: AsyncSession, talk: Talk) -> None:
    course = await factories.training(session)
    for month in (3, 1, 2):
        await factories.training_session(session, course, starts_on=date(2027, month, 4), **FIXED)
    await factories.training_session(session, course, LANDERNEAU, starts_on=date(2027, 5, 4), **FIXED)

    await talk.asks(trade="soudeur", place="brest")

    assert talk.told("starts_on") == ["2027-01-04", "2027-05-04"]


async def test_the_next_pages_follow_until_there_is_no_more(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABCDEFG")

    first = (await talk.asks(trade="soudeur", place="brest")).told("title")
    assert talk.said[-1].facts["more"]
    second = (await talk.wants_more()).told("title")
    assert talk.names == ["training_item"] * 3 + ["training_choose"]
    third = (await talk.wants_more()).told("title")
    assert talk.names == ["training_item", "training_choose"]
    assert not talk.said[-1].facts["more"]
    assert first + second + third == list("ABCDEFG")

    assert (await talk.wants_more()).names == ["training_no_more"]
    assert (await talk.wants_more()).names == ["training_no_more"]


async def test_a_new_place_or_trade_refines_the_search_and_begins_again(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABCD")
    await offers(session, *"QRST", insee=QUIMPER)
    begun = (await talk.asks(trade="soudeur", place="brest")).search_id
    await talk.wants_more()

    await talk.asks(place="quimper")
    assert talk.search_id == begun
    assert talk.told("title") == ["Q", "R", "S"]
    assert (await talk.asks(place="brest")).told("title") == ["A", "B", "C"]
    assert (await talk.asks(trade="plombier")).names == ["training_none"]


async def test_where_nothing_is_near_the_nearest_is_told_and_the_next_follow(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "A", "B", insee=QUIMPER)
    await offers(session, "C", "D", insee=BREST)

    await talk.asks(trade="soudeur", place="rennes")
    assert talk.names == ["training_farther", *["training_item"] * 3, "training_choose"]
    assert talk.said[0].facts["town"] == "Quimper"
    assert 160 < talk.said[0].facts["km"] < 200

    assert (await talk.wants_more()).told("title") == ["D"]
    assert (await talk.wants_more()).names == ["training_no_more"]


async def test_words_find_what_no_trade_names_whatever_their_accents(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Souffleuse de verre", "Taille de pierre")

    assert (await talk.asks(words="souffleur verre", place="brest")).names == ["training_none"]
    assert (await talk.asks(words="verre souffleuses")).told("title") == ["Souffleuse de verre"]
    assert talk.said[0].facts["trade"] == "verre souffleuses"


async def test_namesakes_are_asked_about_and_a_departement_chooses(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Soudeur", insee="29197")

    await talk.asks(trade="soudeur", place="plouhinec")
    assert talk.said[0] == Saying("training_which_place", {"places": ["Plouhinec (56)", "Plouhinec (29)"]})

    await talk.asks(hint="29")
    assert talk.told("town") == ["Plouhinec"]
    assert talk.told("km") == [0]


async def test_the_same_question_about_namesakes_is_not_asked_for_ever(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Soudeur", insee="56169")

    await talk.asks(trade="soudeur", place="plouhinec")

    assert (await talk.asks(place="plouhinec")).names == ["training_found", "training_item", "training_choose"]


async def test_a_turn_run_twice_shows_the_same_page_and_moves_once(session: AsyncSession, talk: Talk) -> None:
    await offers(session, *"ABCDEFG")
    occasion = await talk.occasion()
    asked = Asked(trade="soudeur", place="brest")
    first = await search(session, occasion, asked, None)
    assert await search(session, occasion, asked, None) == first

    occasion = replace(await talk.occasion(), action="action_more_trainings")
    second = await more(session, occasion, first.search_id)
    assert await more(session, occasion, first.search_id) == second

    row = await session.get(TrainingSearch, first.search_id)
    assert row is not None
    assert len(row.shown) == 6
    assert await session.scalar(select(func.count()).select_from(TrainingSearch)) == 1


async def test_the_search_of_another_conversation_is_not_open_here(session: AsyncSession, talk: Talk) -> None:
    other = Talk(session, await factories.conversation(session))
    await other.asks(trade="soudeur", place="brest")
    talk.search_id = other.search_id

    assert (await talk.asks(place="brest")).names == ["training_ask_trade"]
    assert talk.search_id != other.search_id


async def test_more_of_nothing_asks_what_is_looked_for(talk: Talk) -> None:
    assert (await talk.wants_more()).names == ["training_ask_trade"]


async def test_a_commune_that_has_merged_is_told_by_the_nearest_centre(session: AsyncSession, talk: Talk) -> None:
    course = await factories.training(session)
    await factories.training_session(session, course, commune_insee="29999")

    assert (await talk.asks(trade="soudeur", place="brest")).told("town") == ["Brest"]


@pytest.mark.parametrize("channel", ["web", "sms"])
async def test_every_sentence_finds_its_facts(session: AsyncSession, talk: Talk, channel: str) -> None:
    await offers(session, "A", "B", "C", hours=420, remaining_cost_cents=15000)
    await offers(session, "D", starts_on=date(2027, 1, 4), **FIXED)
    said: Sequence[Saying] = [
        *(await talk.asks()).said,
        *(await talk.asks(trade="soudeur")).said,
        *(await talk.asks(place="brest")).said,
        *(await talk.wants_more()).said,
        *(await talk.wants_more()).said,
        *(await talk.asks(place="rennes")).said,
        *(await talk.asks(trade="plombier")).said,
        *(await talk.asks(place="plouhinec")).said,
    ]

    for saying in said:
        source = getattr(entries()[saying.name], channel)
        assert template(source).render(**STANDARD, **plain(saying.facts)).strip(), saying.name
    assert len({saying.name for saying in said}) == 9

"""Refined searches: what does not suit is left out, the heading says what was asked, and nothing found says why."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.texts.library import entries, template
from api.texts.schemas import Saying, plain
from api.training.refining import dropping
from api.training.tables import Entry, Teaching, TrainingSearch
from tests import factories
from tests.api.training.talking import TODAY, Talk, offers
from tests.factories import BREST, QUIMPER, RENNES

MARCH, JULY = date(2027, 3, 1), date(2027, 7, 5)
REMOTE = {"teaching": Teaching.remote}


def fixed(starts_on: date) -> dict[str, Any]:
    return {"entry": Entry.fixed, "starts_on": starts_on}


@pytest.fixture
async def talk(session: AsyncSession) -> Talk:
    return Talk(session, await factories.conversation(session))


async def course(session: AsyncSession, title: str, entry_level: str | None = None, **given: Any) -> None:
    insee = given.pop("insee", BREST)
    await factories.training_session(
        session, await factories.training(session, title=title, entry_level=entry_level), insee, **given
    )


async def test_later_is_after_the_last_date_that_was_shown(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Toute l'année")
    await offers(session, "Janvier", **fixed(date(2027, 1, 4)))
    await offers(session, "Mars", **fixed(MARCH))
    await offers(session, "Juillet", **fixed(JULY))
    assert (await talk.asks(trade="soudeur", place="brest")).told("title") == ["Toute l'année", "Janvier", "Mars"]

    assert (await talk.refines("plus tard")).told("title") == ["Juillet"]
    assert talk.said[0].facts["begins_after"] == "2027-03-02"

    assert (await talk.refines("encore plus tard")).names == ["training_none_refined"]
    assert talk.said[0].facts["drops"] == ["date"]
    assert (await talk.refines("peu importe la date")).told("title")[0] == "Toute l'année"


async def test_later_than_the_page_shown_last_not_than_all(session: AsyncSession, talk: Talk) -> None:
    for day in range(4, 11):
        await offers(session, f"Le {day}", **fixed(date(2027, 1, day)))
    await talk.asks(trade="soudeur", place="brest")
    await talk.wants_more()

    assert (await talk.refines("plus tard")).told("title") == ["Le 10"]


async def test_later_than_what_has_no_date_is_later_than_today(session: AsyncSession, talk: Talk) -> None:
    await offers(session, "Toute l'année")
    await offers(session, "Demain", insee=QUIMPER, **fixed(date(2026, 12, 2)))
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines("plus tard")).told("title") == ["Demain"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("pas avant mars", ["Mars", "Juillet"]),
        ("à partir de juillet", ["Juillet"]),
        ("dans deux mois", ["Mars", "Juillet"]),
        ("avant mars", ["Toute l'année", "Mars", "Juillet"]),
    ],
)
async def test_nothing_that_begins_before_is_shown(
    session: AsyncSession, talk: Talk, text: str, titles: list[str]
) -> None:
    await offers(session, "Toute l'année")
    await offers(session, "Mars", **fixed(MARCH))
    await offers(session, "Juillet", **fixed(JULY))
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines(text)).told("title") == titles


async def test_a_later_date_of_a_course_stands_in_for_its_first(session: AsyncSession, talk: Talk) -> None:
    course = await factories.training(session)
    for day in (date(2027, 1, 4), JULY):
        await factories.training_session(session, course, **fixed(day))
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines("pas avant mars")).told("starts_on") == ["2027-07-05"]


async def test_without_a_diploma_only_what_asks_for_none_is_shown(session: AsyncSession, talk: Talk) -> None:
    await course(session, "Sans")
    await course(session, "Bac", "bac")
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines("j'ai pas le bac")).told("title") == ["Sans"]
    assert talk.said[0].facts["no_diploma"]
    assert (await talk.refines("avec ou sans diplôme")).told("title") == ["Bac", "Sans"]


async def test_from_home_no_distance_and_no_place_counts(session: AsyncSession, talk: Talk) -> None:
    await course(session, "Sur place")
    await course(session, "De loin", insee=RENNES, **REMOTE)
    await course(session, "En partie", insee=RENNES, teaching=Teaching.mixed)

    await talk.asks(trade="soudeur")
    assert (await talk.refines("à distance")).told("title") == ["De loin"]
    assert talk.told("town") == [None]
    assert talk.said[0].facts["remote"]
    assert talk.said[0].facts["place"] is None
    assert (await talk.refines("en présentiel")).names == ["training_ask_place"]


async def test_a_course_from_home_comes_after_what_is_near_and_before_what_is_far(
    session: AsyncSession, talk: Talk
) -> None:
    await course(session, "Loin", insee=RENNES)
    await course(session, "De chez soi", insee=RENNES, **REMOTE)
    await course(session, "Près", **fixed(JULY))

    assert (await talk.asks(trade="soudeur", place="brest")).told("title") == ["Près", "De chez soi"]

    assert (await talk.asks(place="quimper")).told("title") == ["De chez soi", "Près", "Loin"]
    assert talk.names[0] == "training_farther"
    assert (talk.said[0].facts["town"], talk.said[0].facts["at_home"]) == ("Brest", True)


async def test_a_course_from_home_is_one_offer_wherever_its_provider_is(session: AsyncSession, talk: Talk) -> None:
    course = await factories.training(session)
    for insee in (BREST, RENNES):
        await factories.training_session(session, course, insee, **REMOTE)

    assert (await talk.asks(trade="soudeur", place="brest")).told("teaching") == ["remote"]


@pytest.mark.parametrize(
    ("rule", "asked", "drops"),
    [
        ("one is in the way", "sans diplôme", ["diploma"]),
        ("another changes nothing", "sans diplôme, pas avant mars", ["diploma"]),
        ("only together are they in the way", "à distance, sans diplôme", ["all"]),
    ],
)
async def test_nothing_found_offers_to_give_up_what_is_in_the_way(
    session: AsyncSession, talk: Talk, rule: str, asked: str, drops: list[str]
) -> None:
    await course(session, "Bac", "bac", **fixed(JULY))
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines(asked)).names == ["training_none_refined"]
    assert talk.said[0].facts["drops"] == drops, rule
    assert (await talk.asks(refinement=dropping(drops[0]))).told("title") == ["Bac"]


async def test_nothing_is_offered_to_be_given_up_in_vain(session: AsyncSession, talk: Talk) -> None:
    await talk.asks(trade="soudeur", place="brest")

    assert (await talk.refines("sans diplôme")).names == ["training_none"]


async def test_what_was_refined_holds_for_the_next_page_the_next_place_and_the_next_trade(
    session: AsyncSession, talk: Talk
) -> None:
    for title in "ABCD":
        await course(session, title)
        await course(session, f"{title} bac", "bac")
    await course(session, "Quimper bac", "bac", insee=QUIMPER)
    await talk.asks(trade="soudeur", place="brest")
    await talk.refines("sans diplôme")

    assert (await talk.wants_more()).told("title") == ["D"]
    assert (await talk.asks(place="quimper")).names[0] == "training_farther"
    row = await session.get(TrainingSearch, talk.search_id)
    assert row is not None
    assert (row.begins_after, row.no_diploma, row.remote) == (None, True, False)


@pytest.mark.parametrize("channel", ["web", "sms"])
async def test_every_sentence_of_a_refined_search_finds_its_facts(
    session: AsyncSession, talk: Talk, channel: str
) -> None:
    await course(session, "De loin", insee=RENNES, **REMOTE)
    await course(session, "Loin", insee=RENNES, **fixed(JULY))
    said: list[Saying] = [
        *(await talk.asks(trade="soudeur", place="brest")).said,
        *(await talk.refines("pas avant mars")).said,
        *(await talk.refines("à distance")).said,
        *(await talk.refines("peu importe la date")).said,
    ]

    standard = {"authority": {"name": "Finistère", "phone": "+33261910001", "hours": ""}}
    for saying in said:
        source = getattr(entries()[saying.name], channel)
        assert template(source).render(**standard, **plain(saying.facts)).strip(), saying.name
    assert {saying.name for saying in said} >= {"training_found", "training_farther", "training_none_refined"}
    assert TODAY.isoformat() not in str(said)

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.support.service import Asked, more, search
from api.support.tables import Fee, SupportSearch
from api.support.themes import themes
from api.texts.library import entries, template
from api.texts.schemas import Saying, plain
from tests import factories
from tests.api.support.talking import Talk, services
from tests.factories import BREST, LANDERNEAU, QUIMPER, RENNES

STANDARD = {"authority": {"name": "Finistère", "phone": "+33261910001", "hours": ""}}
CASEWORKER_ONLY: dict[str, Any] = {"open_to": ["professionnels"]}


@pytest.fixture
async def talk(session: AsyncSession) -> Talk:
    return Talk(session, await factories.conversation(session))


async def test_what_is_missing_is_asked_one_thing_at_a_time(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école")

    assert (await talk.asks()).names == ["support_ask_theme"]
    assert (await talk.asks("permis")).names == ["support_ask_place"]
    assert (await talk.asks(place="brest")).names == ["support_found", "support_item"]
    assert talk.said[0].facts == {"theme": "permis de conduire", "place": "Brest", "count": 1}


async def test_where_an_identified_person_lives_is_near_enough(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école")

    assert (await talk.asks("permis", near=BREST)).names == ["support_found", "support_item"]
    assert (await talk.asks(place="rennes", near=BREST)).names[0] == "support_farther"


async def test_another_need_or_place_refines_the_search_and_begins_again(session: AsyncSession, talk: Talk) -> None:
    await services(session, *"ABCD")
    await services(session, *"QRS", insee=QUIMPER)
    begun = (await talk.asks("permis", place="brest")).search_id
    await talk.wants_more()

    assert (await talk.asks(place="quimper")).told("name") == ["Q", "R", "S"]
    assert talk.search_id == begun
    assert (await talk.asks(place="brest")).told("name") == ["A", "B", "C"]
    assert (await talk.asks("aidants")).names == ["support_none"]


async def test_a_new_beginning_forgets_the_need_and_keeps_the_place(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école")
    await talk.asks("permis", place="brest")

    assert (await talk.asks(anew=True)).names == ["support_ask_theme"]
    assert (await talk.asks("permis")).names == ["support_found", "support_item"]


async def test_two_needs_are_taken_one_at_a_time(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école")

    await talk.asks("permis", "velo", place="brest")
    assert talk.said == [
        Saying(
            "support_which_theme",
            {"themes": [{"code": "permis", "label": "permis de conduire"}, {"code": "velo", "label": "vélo"}]},
        )
    ]
    assert (await talk.asks("permis")).names == ["support_found", "support_item"]


async def test_the_first_of_two_needs_stands_until_one_is_chosen(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école")
    await talk.asks("permis", "velo")

    assert (await talk.asks(place="brest")).told("name") == ["Auto-école"]


async def test_five_needs_are_four_buttons(talk: Talk) -> None:
    await talk.asks("permis", "velo", "budget", "sante", "calcul")

    assert len(talk.said[0].facts["themes"]) == 4


async def test_namesakes_are_asked_about_and_a_departement_chooses(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Auto-école", insee="29197")

    await talk.asks("permis", place="plouhinec")
    assert talk.said[0] == Saying("support_which_place", {"places": ["Plouhinec (56)", "Plouhinec (29)"]})
    assert (await talk.asks(hint="29")).told("town") == ["Plouhinec"]


async def test_the_next_pages_follow_until_there_is_no_more(session: AsyncSession, talk: Talk) -> None:
    await services(session, *"ABCDEFG")

    first = (await talk.asks("permis", place="brest")).told("name")
    assert talk.names[-1] == "support_more_hint"
    second = (await talk.wants_more()).told("name")
    assert talk.names == ["support_item"] * 3 + ["support_more_hint"]
    third = (await talk.wants_more()).told("name")
    assert first + second + third == list("ABCDEFG")
    assert (await talk.wants_more()).names == ["support_no_more"]


async def test_where_nothing_is_near_the_nearest_is_told_and_the_next_follow(session: AsyncSession, talk: Talk) -> None:
    await services(session, "A", "B", insee=QUIMPER)
    await services(session, "C", "D", insee=BREST)

    await talk.asks("permis", place="rennes")
    assert talk.names == ["support_farther", *["support_item"] * 3, "support_more_hint"]
    assert (talk.said[0].facts["town"], talk.said[0].facts["remote"]) == ("Quimper", False)
    assert 160 < talk.said[0].facts["km"] < 200
    assert (await talk.wants_more()).told("name") == ["D"]
    assert (await talk.wants_more()).names == ["support_no_more"]


async def test_what_is_done_from_a_distance_comes_after_what_is_near_and_before_what_is_far(
    session: AsyncSession, talk: Talk
) -> None:
    await services(session, "Par téléphone", insee=QUIMPER, reception=["a-distance"])
    await services(session, "Ici")

    assert (await talk.asks("permis", place="brest")).told("name") == ["Ici", "Par téléphone"]
    assert talk.told("remote") == [False, True]
    assert (await talk.asks(place="rennes")).told("name") == ["Par téléphone", "Ici"]
    assert (talk.said[0].name, talk.said[0].facts["remote"], talk.said[0].facts["town"]) == (
        "support_farther",
        True,
        "Brest",
    )


async def test_only_what_is_done_from_a_distance_has_no_nearest_town(session: AsyncSession, talk: Talk) -> None:
    await services(session, "Par téléphone", reception=["a-distance"])

    await talk.asks("permis", place="brest")

    assert talk.names == ["support_farther", "support_item"]
    assert (talk.said[0].facts["town"], talk.said[0].facts["km"]) == (None, None)


@pytest.mark.parametrize("known", [True, False])
async def test_what_only_a_caseworker_asks_for_is_told_as_such(session: AsyncSession, talk: Talk, known: bool) -> None:
    await services(session, "A", "B")
    await services(session, "C", **CASEWORKER_ONLY)

    await talk.asks("permis", place="brest", known=known)

    offered = ["support_offer_to_ask"] if known else []
    assert talk.names == ["support_found", "support_item", "support_item", "support_item_to_ask", *offered]
    if known:
        assert [one["name"] for one in talk.said[-1].facts["services"]] == ["C"]


async def test_the_next_page_offers_to_ask_as_well(session: AsyncSession, talk: Talk) -> None:
    await services(session, *"ABC")
    await services(session, "D", **CASEWORKER_ONLY)
    await talk.asks("permis", place="brest", known=True)

    assert (await talk.wants_more(known=True)).names == ["support_item_to_ask", "support_offer_to_ask"]


async def test_whom_a_service_is_for_is_told(session: AsyncSession, talk: Talk) -> None:
    await services(session, "A", audiences=["jeunes", "femmes"], zone=["29"], access_conditions="Avoir un projet.")
    await services(session, "B", audiences=["jeunes", "tous-publics"], zone=[BREST])

    await talk.asks("permis", place="brest")

    assert talk.told("audience") == [["les jeunes", "les femmes"], []]
    assert talk.told("zone") == [["Finistère"], ["Brest"]]
    assert talk.told("conditions") == ["Avoir un projet", None]


async def test_a_turn_run_twice_shows_the_same_page_and_moves_once(session: AsyncSession, talk: Talk) -> None:
    await services(session, *"ABCDEFG")
    occasion, asked = await talk.occasion(), Asked(themes=(themes()["permis"],), place="brest")
    first = await search(session, occasion, asked, None)
    assert await search(session, occasion, asked, None) == first

    occasion = replace(await talk.occasion(), action="action_more_support")
    second = await more(session, occasion, first.search_id, known=False)
    assert await more(session, occasion, first.search_id, known=False) == second

    row = await session.get(SupportSearch, first.search_id)
    assert row is not None
    assert len(row.shown) == 6
    assert await session.scalar(select(func.count()).select_from(SupportSearch)) == 1


async def test_the_search_of_another_conversation_is_not_open_here(session: AsyncSession, talk: Talk) -> None:
    other = Talk(session, await factories.conversation(session))
    await other.asks("permis", place="brest")
    talk.search_id = other.search_id

    assert (await talk.asks(place="brest")).names == ["support_ask_theme"]
    assert talk.search_id != other.search_id


async def test_more_of_nothing_asks_what_is_looked_for(talk: Talk) -> None:
    assert (await talk.wants_more()).names == ["support_ask_theme"]


async def test_a_theme_that_was_taken_out_since_is_asked_for_again(session: AsyncSession, talk: Talk) -> None:
    await talk.asks("permis", place="brest")
    row = await session.get(SupportSearch, talk.search_id)
    assert row is not None
    row.theme = "an old one"

    assert (await talk.wants_more()).names == ["support_ask_theme"]


@pytest.mark.parametrize("channel", ["web", "sms"])
async def test_every_sentence_finds_its_facts(session: AsyncSession, talk: Talk, channel: str) -> None:
    full: dict[str, Any] = {"audiences": ["jeunes"], "zone": ["29"], "access_conditions": "Avoir un projet"}
    await services(session, "A", "B", fee=Fee.payant, phone="+33261917101", **full)
    await services(session, "C", reception=["a-distance"], fee=Fee.gratuit)
    await services(session, "D", insee=LANDERNEAU, **CASEWORKER_ONLY)
    await services(session, "E", insee=RENNES)
    said: Sequence[Saying] = [
        *(await talk.asks()).said,
        *(await talk.asks("permis")).said,
        *(await talk.asks(place="brest", known=True)).said,
        *(await talk.wants_more()).said,
        *(await talk.wants_more()).said,
        *(await talk.asks(place="quimper")).said,
        *(await talk.asks("aidants")).said,
        *(await talk.asks("permis", "velo")).said,
        *(await talk.asks("permis", place="plouhinec")).said,
    ]

    for saying in said:
        source = getattr(entries()[saying.name], channel)
        assert template(source).render(**STANDARD, **plain(saying.facts)).strip(), saying.name
    assert len({saying.name for saying in said}) == 11

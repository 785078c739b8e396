from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from actions.searching import about_support
from api.conversations.tables import Author, Conversation, MessageStatus
from api.core.database import Database
from tests import factories
from tests.actions.test_listener import ALLOWED, call, says, talking
from tests.actions.test_support import following, heard

FED = "equipement-et-alimentation--alimentation"


@pytest.mark.parametrize(
    ("rule", "in_hand", "message", "support"),
    [
        ("a place goes on with the search for help", "support_search", heard("brest", place="brest"), True),
        ("a place goes on with the search for training", "training_search", heard("brest", place="brest"), False),
        ("a place alone is a wish for training", None, heard("brest", place="brest"), False),
        ("a need changes the search for help", "support_search", heard("plutot le velo"), True),
        ("a need may be a subject of training", "training_search", heard("velo"), False),
        ("a need begins a search for help", None, heard("velo"), True),
        ("a trade leaves the search for help", "support_search", heard("soudeur", trade="soudeur"), False),
        ("a trade alone is a wish for training", None, heard("soudeur", trade="soudeur"), False),
        ("what is both goes on with help", "support_search", heard("francais", trade="francais"), True),
        ("what is both goes on with training", "training_search", heard("francais", trade="francais"), False),
        ("what is both is a wish for training", None, heard("francais", trade="francais"), False),
        ("a button of ours is about help", None, heard("oui", theme="velo"), True),
    ],
)
def test_a_message_goes_on_with_the_search_in_hand(
    rule: str, in_hand: str | None, message: dict[str, Any], support: bool
) -> None:
    tracker = SimpleNamespace(slots={in_hand: str(uuid4())} if in_hand else {}, latest_message=message)

    assert about_support(tracker) is support, rule


async def test_an_answer_and_the_next_page_go_on_with_the_search_that_was_begun_last(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        for name in "ABCDE":
            await factories.service(session, name=name)
            await factories.training_session(session, await factories.training(session, title=name))

    async def turn(action: str, said: dict[str, Any], slots: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
        body = call(action, await following(database, who), said, **slots)
        answer = await client.post("/actions", json=body, headers=ALLOWED)
        return says(answer), slots | {slot["name"]: slot["value"] for slot in answer.json()["events"]}

    names, slots = await turn("action_search_support", heard("permis"), {})
    assert names == ["support_ask_place"]
    names, slots = await turn("action_refine_search", heard("brest", "inform", place="brest"), slots)
    assert names == ["support_found", *["support_item"] * 3, "support_more_hint"]
    names, slots = await turn("action_more_results", heard("d autres", "ask_more"), slots)
    assert names == ["support_item"] * 2

    trade = heard("soudeur", "search_training", trade="soudeur")
    names, slots = await turn("action_search_training", trade, slots)
    assert slots["support_search"] is None
    names, slots = await turn("action_refine_search", heard("brest", "inform", place="brest"), slots)
    assert names[0] == "training_found"
    names, slots = await turn("action_more_results", heard("d autres", "ask_more"), slots)
    assert names[0] == "training_item"


async def test_the_place_goes_along_from_help_to_training_and_back(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        await factories.service(session)
        await factories.training_session(session, await factories.training(session))

    async def turn(action: str, said: dict[str, Any], slots: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        body = call(action, await following(database, who), said, **slots)
        answer = await client.post("/actions", json=body, headers=ALLOWED)
        return says(answer)[0], {slot["name"]: slot["value"] for slot in answer.json()["events"]}

    trade, need = heard("formation soudeur", "search_training", trade="soudeur"), heard("permis")
    told, slots = await turn("action_search_support", heard("permis brest", place="brest"), {})
    assert told == "support_found"
    told, slots = await turn("action_search_training", trade, slots)
    assert told == "training_found"
    assert (await turn("action_search_support", need, slots))[0] == "support_found"
    # Rasa begins anew with somebody else: the place is not told to them.
    assert (await turn("action_search_support", need, {}))[0] == "support_ask_place"


async def test_a_place_alone_is_asked_what_for_and_kept(client: httpx.AsyncClient, database: Database) -> None:
    """ "Vannes", said after somebody asked for a person, was asked for a trade."""
    who = await talking(database)
    async with database.transaction() as session:
        await factories.training_session(session, await factories.training(session))
    body = call("action_refine_search", await following(database, who), heard("brest", "inform", place="brest"))
    answer = await client.post("/actions", json=body, headers=ALLOWED)
    assert says(answer) == ["place_for_what"]
    slots = {slot["name"]: slot["value"] for slot in answer.json()["events"]}
    trade = heard("soudeur", "inform", trade="soudeur")
    body = call("action_refine_search", await following(database, who), trade, **slots)
    assert says(await client.post("/actions", json=body, headers=ALLOWED))[0] == "training_found"


async def test_after_words_on_hunger_a_place_alone_asks_for_food_near_it(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        await factories.service(session, name="Épicerie solidaire", themes=[FED])
        conversation = await session.get_one(Conversation, who[0])
        told = await factories.said(session, conversation, Author.assistant, "…", MessageStatus.answered)
        told.says = ["emergency_food"]

    body = call("action_refine_search", await following(database, who), heard("brest", "inform", place="brest"))
    assert says(await client.post("/actions", json=body, headers=ALLOWED))[:2] == ["support_found", "support_item"]
    trade = heard("soudeur brest", "inform", place="brest", trade="soudeur")
    body = call("action_refine_search", await following(database, who), trade)
    assert says(await client.post("/actions", json=body, headers=ALLOWED))[0].startswith("training_")

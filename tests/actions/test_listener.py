from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import yaml
from sqlalchemy import func, select

from actions.acting import HentAction
from actions.listener import all_actions
from api.conversations.tables import Conversation, Draft
from api.core.database import Database
from api.privacy.audience import Channel, Level
from api.training.tables import TrainingSearch
from tests import factories
from tests.factories import BREST

TOKEN = "a token for tests"
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}
PHONE = "+33639980001"


async def talking(database: Database, **given: Any) -> tuple[str, str]:
    """A conversation and a turn in it."""
    async with database.transaction() as session:
        conversation = await factories.conversation(session, **given)
        return str(conversation.id), str((await factories.turn(session, conversation)).id)


async def expected(database: Database) -> Any:
    """A person with a number and an appointment tomorrow."""
    async with database.transaction() as session:
        someone = await factories.person(session, phone=PHONE)
        await factories.appointment(session, someone, datetime.now(UTC) + timedelta(days=1))
        return someone


def call(action: str, who: tuple[str, str], said: dict[str, Any] | None = None, **slots: Any) -> dict[str, Any]:
    """What Rasa 3.6 sends, without the domain."""
    message = {
        "intent": {"name": "ask_next_appointment"},
        "text": "",
        "entities": [],
        **(said or {}),
        "metadata": {"turn": who[1]},
    }
    tracker = {"sender_id": who[0], "slots": slots, "latest_message": message, "events": []}
    return {"next_action": action, "sender_id": who[0], "tracker": tracker, "version": "3.6.21"}


def says(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [response["custom"]["say"] for response in answer.json()["responses"]]


async def test_only_the_bearer_is_heard(client: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": TOKEN}):
        assert (await client.post("/actions", json={}, headers=headers)).status_code == 401


async def test_health_needs_no_token(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).status_code == 200


async def test_an_action_that_nobody_wrote_is_404(client: httpx.AsyncClient) -> None:
    who = (str(uuid4()), str(uuid4()))

    assert (await client.post("/actions", json=call("action_unknown", who), headers=ALLOWED)).status_code == 404


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"next_action": "action_next_appointment"}'])
async def test_what_cannot_be_run_fails_without_a_word_of_it(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    answer = await client.post("/actions", content=body, headers=ALLOWED)

    assert answer.status_code == 500
    assert answer.json() == {"error": "action_failed"}
    assert "json" not in caplog.text


async def test_a_failure_logs_nothing_that_anyone_wrote(
    client: httpx.AsyncClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    who = await talking(database)
    said = {"text": "je cherche maurice", "entities": [{"entity": "place", "value": ["maurice"], "start": 0, "end": 1}]}

    answer = await client.post("/actions", json=call("action_search_training", who, said), headers=ALLOWED)

    assert answer.status_code == 500
    assert answer.json() == {"error": "action_failed"}
    assert "maurice" not in caplog.text


async def test_the_turn_of_another_conversation_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    mine, other = await talking(database), await talking(database)

    answer = await client.post("/actions", json=call("action_next_appointment", (mine[0], other[1])), headers=ALLOWED)

    assert answer.status_code == 500


@pytest.mark.parametrize(
    "action", ["action_next_appointment", "action_appointment_place", "action_appointment_documents"]
)
async def test_nobody_is_asked_who_is_speaking(client: httpx.AsyncClient, database: Database, action: str) -> None:
    await expected(database)

    assert says(await client.post("/actions", json=call(action, await talking(database)), headers=ALLOWED)) == [
        "identify_first"
    ]


@pytest.mark.parametrize("level", [Level.code, Level.link])
async def test_a_proved_person_is_answered_and_rasa_sees_ids_only(
    client: httpx.AsyncClient, database: Database, level: Level
) -> None:
    someone = await expected(database)
    who = await talking(database, level=level, beneficiary_id=someone.id)

    answer = await client.post("/actions", json=call("action_next_appointment", who), headers=ALLOWED)

    assert says(answer)[0] in ("appointment_next", "appointment_today")
    assert all(response["custom"].keys() == {"say", "draft"} for response in answer.json()["responses"])
    assert "Ajoncs" not in answer.text


async def test_a_number_of_one_person_is_answered_by_sms(client: httpx.AsyncClient, database: Database) -> None:
    await expected(database)
    known = await talking(database, channel=Channel.sms, phone=PHONE, sender="38200", level=Level.number)
    unknown = await talking(database, channel=Channel.sms, phone="+33639980002", sender="38200", level=Level.nobody)

    known_answer = await client.post("/actions", json=call("action_appointment_place", known), headers=ALLOWED)
    unknown_answer = await client.post("/actions", json=call("action_appointment_place", unknown), headers=ALLOWED)

    assert "appointment_at_office" in says(known_answer)
    assert says(unknown_answer) == ["identify_first"]


async def test_a_turn_asked_again_gets_the_first_drafts(client: httpx.AsyncClient, database: Database) -> None:
    someone = await expected(database)
    who = await talking(database, level=Level.code, beneficiary_id=someone.id)
    first = await client.post("/actions", json=call("action_next_appointment", who), headers=ALLOWED)
    async with database.transaction() as session:
        await factories.appointment(session, someone, datetime.now(UTC) + timedelta(hours=1), documents=["CV"])

    second = await client.post("/actions", json=call("action_next_appointment", who), headers=ALLOWED)

    assert second.json() == first.json()
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Draft)) == len(says(first))


async def test_a_search_keeps_its_id_alone_in_rasa(client: httpx.AsyncClient, database: Database) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        for title in "ABCD":
            await factories.training_session(session, await factories.training(session, title=title))
    named = [{"entity": "trade", "value": "soudeur"}, {"entity": "place", "value": "brest"}]
    said = {"intent": {"name": "search_training"}, "entities": [entity | {"start": 0, "end": 0} for entity in named]}

    begun = await client.post("/actions", json=call("action_search_training", who, said), headers=ALLOWED)
    again = await client.post("/actions", json=call("action_search_training", who, said), headers=ALLOWED)

    assert says(begun) == ["training_found", *["training_item"] * 3, "training_choose"]
    assert again.json() == begun.json()
    [slot] = [event for event in begun.json()["events"] if event["value"]]
    assert (slot["event"], slot["name"]) == ("slot", "training_search")
    async with database.transaction() as session:
        assert [str(row.id) for row in await session.scalars(select(TrainingSearch))] == [slot["value"]]
        conversation = await session.get(Conversation, who[0])
        assert conversation is not None
        following = (who[0], str((await factories.turn(session, conversation)).id))

    rest = call("action_more_results", following, {"intent": {"name": "ask_more"}}, training_search=slot["value"])
    assert says(await client.post("/actions", json=rest, headers=ALLOWED)) == ["training_item", "training_choose"]


async def test_the_home_of_a_proved_person_is_the_place_unless_their_file_is_confidential(
    client: httpx.AsyncClient, database: Database
) -> None:
    said = {
        "intent": {"name": "search_training"},
        "entities": [{"entity": "trade", "value": "soudeur", "start": 0, "end": 0}],
    }
    for confidential, told in ((False, "training_none"), (True, "training_ask_place")):
        async with database.transaction() as session:
            someone = await factories.person(session, confidential=confidential, commune_insee=BREST)
        who = await talking(database, level=Level.link, beneficiary_id=someone.id)

        answer = await client.post("/actions", json=call("action_search_training", who, said), headers=ALLOWED)

        assert says(answer) == [told]


async def test_every_action_of_the_domain_files_is_here(database: Database) -> None:
    files = Path(__file__).parents[2].joinpath("bot", "domain").glob("*.yml")
    named = {action for file in files for action in yaml.safe_load(file.read_text()).get("actions", [])}
    actions: list[HentAction] = all_actions(database)

    assert {action.name() for action in actions} == {name for name in named if not name.startswith("action_default")}

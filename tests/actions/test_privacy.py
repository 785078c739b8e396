"""Erasing: what may be is said, nothing goes without a yes, and a file is asked for once."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from api.conversations.tables import Draft
from api.core.clock import now
from api.core.database import Database
from api.desk.acting import close_unsigned
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, EscalationEvent, Event, Reason
from api.privacy.audience import Channel, Level
from tests import factories
from tests.actions.test_listener import ALLOWED, call, says, talking


async def answered(client: httpx.AsyncClient, who: tuple[str, str], **entities: str) -> list[str]:
    """The names of what is said; the turn is asked twice, as when Rasa's answer was lost."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    body = call("action_delete_data", who, {"intent": {"name": "delete_data"}, "entities": found})
    first, again = [says(await client.post("/actions", json=body, headers=ALLOWED)) for _ in range(2)]
    assert first == again
    return first


async def facts(database: Database) -> dict[str, Any]:
    """Of the one thing that was said."""
    async with database.transaction() as session:
        return dict((await session.scalars(select(Draft.facts))).one())


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ({}, "erase_offer"),
        ({"erase": "conversation"}, "erase_offer"),
        ({"answer": "yes"}, "erase_offer"),
        ({"answer": "no"}, "erase_nothing"),
        ({"erase": "file"}, "erase_file_ask"),
        ({"erase": "file", "answer": "no"}, "erase_nothing"),
        ({"erase": "conversation", "answer": "yes"}, "conversation_erased"),
    ],
)
async def test_each_answer_leads_to_its_step_and_asks_nobody(
    client: httpx.AsyncClient, database: Database, entities: dict[str, str], said: str
) -> None:
    assert await answered(client, await talking(database), **entities) == [said]
    async with database.transaction() as session:
        assert list(await session.scalars(select(Escalation))) == []


async def test_a_request_that_is_open_is_told_to_stay_and_a_closed_one_is_not(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        asked = Asked(Reason.asked, "un conseiller", "cd29", Channel.web, conversation_id=UUID(who[0]))
        row = (await ask_human(session, asked, now())).escalation
    await answered(client, who, erase="conversation", answer="yes")
    assert await facts(database) == {"requests": True}
    async with database.transaction() as session:
        await close_unsigned(session, row.id, None, now())
        await session.delete((await session.scalars(select(Draft))).one())
    await answered(client, who, erase="conversation", answer="yes")
    assert await facts(database) == {"requests": False}


async def test_a_stranger_on_the_web_is_told_that_nobody_knows_where_to_reach_them(
    client: httpx.AsyncClient, database: Database
) -> None:
    assert await answered(client, await talking(database), erase="file", answer="yes") == ["erase_file_asked"]
    told = await facts(database)
    assert (told["reachable"], told["again"], told["phone"]) == (False, False, "+33261910001")
    assert told["due_on"] > told["asked_on"]


@pytest.mark.parametrize("confidential", [False, True])
async def test_the_file_of_somebody_known_is_asked_for_once_however_often_they_ask(
    client: httpx.AsyncClient, database: Database, confidential: bool
) -> None:
    async with database.transaction() as session:
        someone = await factories.person(session, phone="+33639980001", confidential=confidential)
    for _ in range(2):
        who = await talking(database, level=Level.link, beneficiary_id=someone.id)
        assert await answered(client, who, erase="file", answer="yes") == ["erase_file_asked"]
    async with database.transaction() as session:
        row = (await session.scalars(select(Escalation))).one()
        events = await session.scalars(select(EscalationEvent.event).order_by(EscalationEvent.seq))
        told = [draft.facts for draft in await session.scalars(select(Draft))]
        assert (row.reason, row.beneficiary_id, row.line[:7]) == (Reason.erasure, someone.id, "Demande")
        assert list(events) == [Event.opened, Event.repeated]
        assert sorted((one["again"], one["reachable"]) for one in told) == [(False, True), (True, True)]


async def test_an_unknown_number_can_be_called_back(client: httpx.AsyncClient, database: Database) -> None:
    who = await talking(database, channel=Channel.sms, phone="+33639980077", sender="Hent")
    assert await answered(client, who, erase="file", answer="yes") == ["erase_file_asked"]
    assert (await facts(database))["reachable"] is True

"""Cards in the contract of the web chat: what the page gets, and the file for a calendar."""

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api.appointments import service as visits
from api.appointments.tables import Appointment, Status
from api.beneficiaries.tables import Beneficiary
from api.conversations.service import identify, locked
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation, Message
from api.core.clock import now
from api.core.database import Database
from api.privacy.audience import Channel, Level
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import read_voice
from api.training.sayings import item
from api.training.shown import offer_of
from channels.web import stream
from tests import factories
from tests.api.appointments.test_calendar import event

SOON = now().replace(microsecond=0) + timedelta(days=3)
ADDRESS = "12 rue des Ajoncs, 29200 Brest"
PATH = "/chat/messages/1/calendar/1"


async def tell(database: Database, *sayings: Saying) -> None:
    """The one conversation hears this."""
    async with database.transaction() as session:
        found = (await session.scalars(select(Conversation.id))).one()
        row = await locked(session, found)
        spoken = speak(sayings, Channel.web, await read_voice(session, row.authority_code))
        await say(session, row, Author.assistant, spoken)


async def told_of_their_appointment(database: Database, **whose: Any) -> None:
    """Somebody who proved who they are has asked when their next appointment is."""
    async with database.transaction() as session:
        person = await factories.person(session, **whose)
        await factories.appointment(session, person, SOON, place_name="Espace RSA")
        row = (await session.scalars(select(Conversation))).one()
        identify(row, person.id, Level.code, now())
        sayings = await visits.next_appointment(session, person.id, now())
    await tell(database, *sayings)


async def change(database: Database, **given: Any) -> None:
    """The appointment becomes this."""
    async with database.transaction() as session:
        row = (await session.scalars(select(Appointment))).one()
        for name, value in given.items():
            setattr(row, name, value)


async def shown(chat: httpx.AsyncClient) -> dict[str, Any]:
    [message] = (await chat.get("/chat/messages")).json()["messages"]
    return dict(message)


async def card(chat: httpx.AsyncClient) -> dict[str, Any]:
    [one] = (await shown(chat))["cards"]
    return dict(one)


async def test_an_appointment_is_a_card_beside_its_sentence(chat: httpx.AsyncClient, database: Database) -> None:
    await told_of_their_appointment(database)
    message = await shown(chat)
    [one] = message["cards"]
    assert datetime.fromisoformat(one.pop("when")) == SOON
    assert datetime.fromisoformat(one.pop("until")) == SOON + timedelta(minutes=30)
    where = urlsplit(one.pop("map"))
    assert (where.scheme, where.netloc, parse_qs(where.query)) == (
        "https",
        "www.openstreetmap.org",
        {"query": [ADDRESS]},
    )
    assert one == {
        "kind": "appointment",
        "title": "Rendez-vous d'orientation",
        "place": "Espace RSA",
        "address": ADDRESS,
        "phone": "+33261910010",
        "ics": PATH,
        "state": "stands",
    }
    for said in ("Espace RSA", ADDRESS, "02 61 91 00 10"):
        assert said in message["text"]


async def test_courses_are_cards_in_their_order(chat: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        course = await factories.training(session)
        one = await factories.training_session(session, course, hours=420, remaining_cost_cents=0)
        offer = await offer_of(session, one.id, None)
    assert offer
    await tell(database, *(Saying("training_item", item(offer, number)) for number in (1, 2)))
    first, second = (await shown(chat))["cards"]
    assert (
        first
        == second
        == {
            "kind": "training",
            "title": "Titre professionnel soudeur",
            "organisation": "Ateliers du Ponant",
            "place": "Brest",
            "map": "https://www.openstreetmap.org/search?query=Brest%2C+Finist%C3%A8re",
            "permanent": True,
            "hours": 420,
            "cost": "0 €".replace(" ", "\xa0"),
            "phone": "+33261910020",
        }
    )


async def test_what_names_neither_has_no_cards(chat: httpx.AsyncClient, database: Database) -> None:
    await tell(database, Saying("rsa_amount"))
    assert "cards" not in await shown(chat)


async def test_the_stream_shows_what_a_read_shows(chat: httpx.AsyncClient, app: FastAPI, database: Database) -> None:
    await told_of_their_appointment(database)
    async with database.transaction() as session:
        conversation = (await session.scalars(select(Conversation.id))).one()
    events = stream.events(app.state.database, app.state.bus, conversation, 0)
    pushed = [json.loads((await anext(events)).split("data: ")[1]) for _ in range(2)][1]
    assert pushed["cards"] == (await shown(chat))["cards"]


async def test_the_appointments_of_a_confidential_file_have_no_card(
    chat: httpx.AsyncClient, database: Database
) -> None:
    await told_of_their_appointment(database, confidential=True)
    assert "cards" not in await shown(chat)
    assert (await chat.get(PATH)).status_code == 404


async def test_what_has_become_confidential_since_has_none_any_more(
    chat: httpx.AsyncClient, database: Database
) -> None:
    await told_of_their_appointment(database)
    async with database.transaction() as session:
        (await session.scalars(select(Beneficiary))).one().confidential = True
    assert "cards" not in await shown(chat)
    assert (await chat.get(PATH)).status_code == 404


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"starts_at": SOON + timedelta(days=2)}, "changed"),
        ({"address": "1 place des Ajoncs, 29000 Quimper"}, "changed"),
        ({"status": Status.revoked, "cancelled_at": SOON}, "cancelled"),
        ({"starts_at": SOON - timedelta(days=30)}, "over"),
    ],
)
async def test_shown_again_a_card_says_what_has_become_of_it(
    chat: httpx.AsyncClient, database: Database, given: dict[str, Any], state: str
) -> None:
    await told_of_their_appointment(database)
    before = await card(chat)
    await change(database, **given)
    after = await card(chat)
    assert after["state"] == state
    kept = {name: value for name, value in before.items() if name != "state"}
    assert {name: after[name] for name in kept} == kept
    if state == "changed":
        assert datetime.fromisoformat(after["changed_to"]) == given.get("starts_at", SOON)


async def test_the_card_goes_with_the_identity(chat: httpx.AsyncClient, database: Database) -> None:
    await told_of_their_appointment(database)
    assert (await chat.get(PATH)).status_code == 200
    async with database.transaction() as session:
        row = (await session.scalars(select(Conversation))).one()
        row.last_activity_at -= timedelta(minutes=31)
    assert "cards" not in await shown(chat)
    assert (await chat.get(PATH)).json()["error"] == "unknown_card"


async def test_the_card_goes_with_its_message(chat: httpx.AsyncClient, database: Database) -> None:
    await told_of_their_appointment(database)
    async with database.transaction() as session:
        await session.delete((await session.scalars(select(Message))).one())
    assert (await chat.get(PATH)).json()["error"] == "unknown_card"


async def test_the_file_is_for_a_calendar_and_says_what_is_true_now(
    chat: httpx.AsyncClient, database: Database
) -> None:
    await told_of_their_appointment(database)
    file = await chat.get(PATH)
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert file.headers["content-disposition"] == 'attachment; filename="rendez-vous.ics"'
    assert file.headers["cache-control"] == "no-store"
    stood = event(file.content)
    assert (stood.start, stood["LOCATION"], stood["STATUS"]) == (SOON, ADDRESS, "CONFIRMED")
    assert "RSA" not in file.text
    await change(database, status=Status.excused, cancelled_at=now() + timedelta(seconds=5))
    again = event((await chat.get(PATH)).content)
    assert (again["UID"], again["STATUS"]) == (stood["UID"], "CANCELLED")
    assert again.sequence > stood.sequence


async def test_the_file_needs_the_token_of_its_conversation(http: httpx.AsyncClient, database: Database) -> None:
    mine = (await http.post("/chat/conversations")).json()["token"]
    await told_of_their_appointment(database)
    assert (await http.get(PATH)).status_code == 401
    theirs = (await http.post("/chat/conversations")).json()["token"]
    found = [await http.get(PATH, headers={"Authorization": f"Bearer {token}"}) for token in (mine, theirs)]
    assert [answer.status_code for answer in found] == [200, 404]


@pytest.mark.parametrize(
    "path", ["/chat/messages/1/calendar/2", "/chat/messages/2/calendar/1", f"/chat/messages/{2**31 - 1}/calendar/1"]
)
async def test_what_is_no_appointment_s_card_has_no_file(
    chat: httpx.AsyncClient, database: Database, path: str
) -> None:
    await told_of_their_appointment(database)
    await chat.post("/chat/messages", json={"id": str(uuid4()), "text": "merci"})
    assert (await chat.get(path)).json()["error"] == "unknown_card"
    assert (await chat.get("/chat/messages/1/calendar/0")).status_code == 422

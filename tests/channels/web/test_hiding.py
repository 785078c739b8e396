"""What comes from a file is for whoever is known to be its person: held back by the server, wherever it is read."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import select, update

from api.conversations import service
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.clock import now
from api.core.database import Database, notify
from api.identity.tables import IdentityCheck, Step
from api.privacy.audience import Level
from api.texts.library import Button
from api.texts.service import Spoken
from channels.web import stream
from tests import factories

SECRET = "Votre rendez-vous est le mardi 3 mars à 14 h."
SLOT = "Mardi 10 mars à 9 h"
BUTTON = Button(SLOT, "reschedule_appointment")


@pytest_asyncio.fixture
async def people(database: Database) -> list[UUID]:
    """Two who are followed."""
    async with database.transaction() as session:
        return [(await factories.person(session, first_name=name)).id for name in ("Maëlle", "Soazig")]


@pytest.fixture
def talk(chat: httpx.AsyncClient, database: Database) -> Callable[[UUID | None], Awaitable[None]]:
    """Says who is known in the conversation from now on; None: nobody."""

    async def known(person_id: UUID | None) -> None:
        async with database.transaction() as session:
            row = (await session.scalars(select(Conversation))).one()
            if person_id:
                service.identify(row, person_id, Level.code, now())
            else:
                service.forget_who(row)
            await notify(session, f"out:{row.id}")

    return known


Known = Callable[[UUID | None], Awaitable[None]]


async def tell(database: Database, name: str = "appointment_next") -> None:
    """Hent answers from the file of whoever is known."""
    async with database.transaction() as session:
        row = (await session.scalars(select(Conversation))).one()
        await say(session, row, Author.assistant, Spoken(SECRET, (name,), (BUTTON,)))
        await notify(session, f"out:{row.id}")


async def read(chat: httpx.AsyncClient) -> dict[str, Any]:
    shown: dict[str, Any] = (await chat.get("/chat/messages")).json()
    return shown


async def everywhere(chat: httpx.AsyncClient, app: FastAPI, since: datetime | None = None) -> list[str]:
    """The same conversation read, as a file, and as the first events of a stream."""
    async with app.state.database.transaction() as session:
        conversation = (await session.scalars(select(Conversation.id))).one()
    events = stream.events(app.state.database, app.state.bus, conversation, 0, since)
    async with asyncio.timeout(5):
        first = [await anext(events), await anext(events)]
    await events.aclose()  # type: ignore[attr-defined]
    return [(await chat.get("/chat/messages")).text, (await chat.get("/chat/transcript")).text, "".join(first)]


async def test_an_answer_from_a_file_hides_when_its_person_leaves_and_comes_back_with_them(
    chat: httpx.AsyncClient, app: FastAPI, database: Database, people: list[UUID], talk: Known
) -> None:
    ours, other = people
    await talk(ours)
    await tell(database)
    assert all(SECRET in text for text in await everywhere(chat, app))
    assert (await chat.post("/chat/identity/end")).status_code == 204
    assert (await chat.post("/chat/identity/end")).status_code == 204
    for who in (None, other):
        await talk(who)
        assert not any(SECRET in text or SLOT in text for text in await everywhere(chat, app))
        [shown] = (await read(chat))["messages"]
        assert (shown["hidden"], shown["choices"]) == (True, [])
        # Somebody may have come by a personal link or an agreed word, and never had a code.
        assert "prouvez que c'est vous" in shown["text"]
        assert "code" not in shown["text"]
    await talk(ours)
    assert all(SECRET in text and SLOT in text for text in await everywhere(chat, app))


async def test_a_read_and_an_event_say_in_the_same_words_since_when_somebody_is_known(
    chat: httpx.AsyncClient, app: FastAPI, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database)
    known_since = (await read(chat))["known_since"]
    assert f'"known_since": "{known_since}"' in (await everywhere(chat, app))[2]


async def test_after_half_an_hour_of_silence_nothing_of_the_file_is_read(
    chat: httpx.AsyncClient, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database)
    long_ago = now() - timedelta(minutes=31)
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(last_activity_at=long_ago))
    assert (await read(chat))["messages"][0]["hidden"]
    assert (await read(chat))["known_since"] is None


async def test_the_choice_made_under_an_answer_hides_with_it_and_the_desk_reads_all(
    chat: httpx.AsyncClient, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database)
    choice = (await read(chat))["messages"][0]["choices"][0]
    await chat.post("/chat/messages", json={"id": str(uuid4()), "text": SLOT, "choice": choice["value"]})
    await talk(None)
    shown = await read(chat)
    assert not any(SLOT in message["text"] for message in shown["messages"])
    async with database.transaction() as session:
        assert list(await session.scalars(select(Message.text).order_by(Message.seq))) == [SECRET, SLOT]


async def test_what_everybody_may_hear_does_not_hide(
    chat: httpx.AsyncClient, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database, "rsa_amount")
    await talk(None)
    assert (await read(chat))["messages"][0]["text"] == SECRET


async def test_whoever_proved_it_elsewhere_is_not_known_by_the_link_of_an_sms(
    chat: httpx.AsyncClient, app: FastAPI, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database)
    assert SECRET not in (await everywhere(chat, app, since=now()))[2]


async def test_whoever_waits_for_messages_hears_at_once_that_somebody_left(
    chat: httpx.AsyncClient, database: Database, people: list[UUID], talk: Known
) -> None:
    await talk(people[0])
    await tell(database)
    waiting = asyncio.create_task(chat.get("/chat/messages", params={"after": 1, "wait": 20}))
    await asyncio.sleep(0.3)
    await chat.post("/chat/identity/end")
    async with asyncio.timeout(5):
        assert (await waiting).json()["known_since"] is None


async def checks(database: Database) -> list[IdentityCheck]:
    async with database.transaction() as session:
        return list(await session.scalars(select(IdentityCheck)))


async def test_a_code_is_asked_for_again_once(chat: httpx.AsyncClient, database: Database) -> None:
    for _ in range(2):
        assert (await chat.post("/chat/identity/again")).status_code == 204
    assert ["numéro de portable" in message["text"] for message in (await read(chat))["messages"]] == [True]
    await chat.post("/chat/identity/end")
    [check] = await checks(database)
    assert check.closed_at


async def test_asked_for_and_left_many_times_it_is_one_question_that_still_takes_an_answer(
    chat: httpx.AsyncClient, database: Database
) -> None:
    for _ in range(4):
        await chat.post("/chat/identity/again")
        await chat.post("/chat/identity/end")
    await chat.post("/chat/identity/again")
    assert len((await read(chat))["messages"]) == 1
    [check] = await checks(database)
    assert (check.closed_at, check.step) == (None, Step.number)


async def test_what_was_answered_before_it_was_left_is_not_taken_for_whoever_comes_next(
    chat: httpx.AsyncClient, database: Database
) -> None:
    """A birth date alone is answered by the same question."""
    await chat.post("/chat/identity/again")
    async with database.transaction() as session:
        await session.execute(update(IdentityCheck).values(birth_date=date(1990, 5, 14)))
    await chat.post("/chat/identity/end")
    await chat.post("/chat/identity/again")
    [check] = await checks(database)
    assert check.birth_date is None


@pytest.mark.parametrize("mode", [Mode.assistant, Mode.caseworker])
async def test_no_code_is_asked_for_where_it_would_be_read_or_is_not_needed(
    chat: httpx.AsyncClient, database: Database, people: list[UUID], talk: Known, mode: Mode
) -> None:
    await talk(people[0] if mode is Mode.assistant else None)
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(mode=mode))
    await chat.post("/chat/identity/again")
    assert await checks(database) == []

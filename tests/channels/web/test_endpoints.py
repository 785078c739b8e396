"""The contract of the web chat, and its refusals."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from api.conversations import service
from api.conversations.tables import Author, Conversation, MessageStatus
from api.core.clock import now
from api.core.database import Database, notify
from api.core.sealing import Sealer
from api.identity import links
from api.privacy.audience import Level
from channels.web import stream
from tests import factories


async def write(chat: httpx.AsyncClient, text: str = "bonjour", **more: Any) -> httpx.Response:
    return await chat.post("/chat/messages", json={"id": str(uuid4()), "text": text} | more)


async def answer(app: FastAPI, text: str, says: Sequence[str] = ()) -> None:
    """What a worker does in the end."""
    async with app.state.database.transaction() as session:
        conversation = (await session.scalars(Conversation.__table__.select())).first()
        row = await session.get_one(Conversation, conversation)
        message = await factories.said(session, row, Author.assistant, text, MessageStatus.sent)
        message.says = list(says)
        await notify(session, f"out:{row.id}")


async def test_a_message_is_stored_and_read_back(chat: httpx.AsyncClient) -> None:
    stored = await write(chat, "c kan mon rdv")
    assert (stored.status_code, stored.json()) == (202, {"seq": 1})
    shown = (await chat.get("/chat/messages", params={"after": 0})).json()
    assert shown["mode"] == "assistant"
    message = shown["messages"][0]
    assert (message["seq"], message["author"], message["text"], message["choices"]) == (
        1,
        "person",
        "c kan mon rdv",
        [],
    )


async def test_what_is_said_in_another_language_says_which(chat: httpx.AsyncClient, app: FastAPI) -> None:
    await write(chat, "متى موعدي القادم؟")
    await answer(app, "أنا مساعد آلي", says=["language_ar"])
    theirs, ours = (await chat.get("/chat/messages", params={"after": 0})).json()["messages"]
    assert (theirs["lang"], theirs["dir"]) == (None, None)
    assert (ours["lang"], ours["dir"]) == ("ar", "rtl")


async def test_the_same_id_again_is_the_same_answer(chat: httpx.AsyncClient) -> None:
    body = {"id": str(uuid4()), "text": "bonjour"}
    answers = [(await chat.post("/chat/messages", json=body)).json() for _ in range(3)]
    assert answers == [{"seq": 1}] * 3


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        pytest.param({"id": "x", "text": "bonjour"}, 422, "unreadable", id="id is not a UUID"),
        pytest.param({"text": "bonjour"}, 422, "unreadable", id="no id"),
        pytest.param({"id": str(uuid4()), "text": ["a"]}, 422, "unreadable", id="text is a list"),
        pytest.param([], 422, "unreadable", id="not an object"),
        pytest.param({"id": str(uuid4()), "text": " "}, 422, "empty_message", id="nothing to read"),
        pytest.param({"id": str(uuid4()), "text": "a" * 4001}, 413, "too_large", id="too long"),
        pytest.param({"id": str(uuid4()), "text": "a" * 70_000}, 413, "too_large", id="larger than any message"),
        pytest.param({"id": str(uuid4()), "choice": str(uuid4())}, 422, "unknown_choice", id="forged choice"),
    ],
)
async def test_a_refusal_has_a_status_a_word_and_a_sentence(
    chat: httpx.AsyncClient, body: Any, status: int, error: str
) -> None:
    refused = await chat.post("/chat/messages", json=body)
    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert refused.json()["message"].endswith(".")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic abc", "Bearer " + "a" * 500])
async def test_without_its_token_a_conversation_stays_closed(http: httpx.AsyncClient, header: str) -> None:
    for path in ("/chat/messages", "/chat/events"):
        refused = await http.get(path, headers={"Authorization": header})
        assert (refused.status_code, refused.json()["error"]) == (401, "not_allowed")


async def test_waiting_ends_when_an_answer_comes(chat: httpx.AsyncClient, app: FastAPI) -> None:
    await write(chat)
    waiting = asyncio.create_task(chat.get("/chat/messages", params={"after": 1, "wait": 15}))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await answer(app, "Bonjour.")
    shown = (await asyncio.wait_for(waiting, 4)).json()
    assert [message["text"] for message in shown["messages"]] == ["Bonjour."]


async def test_waiting_ends_when_the_server_does(chat: httpx.AsyncClient, app: FastAPI) -> None:
    await write(chat)
    waiting = asyncio.create_task(chat.get("/chat/messages", params={"after": 1, "wait": 15}))
    await asyncio.sleep(0.3)
    app.state.bus.end()
    assert (await asyncio.wait_for(waiting, 4)).json()["messages"] == []


async def test_somebody_who_waits_holds_no_connection(chat: httpx.AsyncClient, app: FastAPI) -> None:
    """Thirty-two readers at once had emptied the pool: the thirty-third heard that Hent was down."""
    waiting = [asyncio.create_task(chat.get("/chat/messages", params={"after": 0, "wait": 6})) for _ in range(40)]
    # On a busy machine to begin forty takes more than a second.
    await asyncio.sleep(4)
    assert app.state.database.engine.pool.checkedout() == 0
    assert not any(task.done() for task in waiting)
    assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}


async def test_events_resume_after_the_last_one_seen(chat: httpx.AsyncClient, app: FastAPI) -> None:
    await write(chat, "un")
    await write(chat, "deux")
    async with app.state.database.transaction() as session:
        conversation = (await session.scalars(Conversation.__table__.select())).first()
    events = stream.events(app.state.database, app.state.bus, conversation, 1)
    assert await anext(events) == 'event: mode\ndata: {"mode": "assistant"}\n\n'
    second = await anext(events)
    assert second.startswith("event: message\nid: 2\n")
    third = asyncio.ensure_future(anext(events))
    await answer(app, "Trois.")
    assert "Trois." in await asyncio.wait_for(third, 4)
    await events.aclose()  # type: ignore[attr-defined]


async def test_a_personal_link_says_who_is_speaking_once(
    chat: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    sealer: Sealer = app.state.sealer
    async with database.transaction() as session:
        someone = await factories.person(session, confidential=True)
        token = await links.make(session, sealer, someone.id, now())
    assert (await chat.post("/chat/identity/link", json={"token": token})).status_code == 204
    async with database.transaction() as session:
        row = (await session.scalars(Conversation.__table__.select())).first()
        assert (await session.get_one(Conversation, row)).level is Level.link
    again = await chat.post("/chat/identity/link", json={"token": token})
    assert (again.status_code, again.json()["error"]) == (404, "link_unknown")


async def test_the_card_of_the_authority_is_public(http: httpx.AsyncClient) -> None:
    card = (await http.get("/chat/authority")).json()
    assert card["phone"] == "+33261910001"
    assert "machine" in card["welcome"]


@pytest.mark.parametrize("path", ["/", "/static/index.html", "/static/main.js", "/chat/authority", "/nowhere"])
async def test_every_answer_forbids_what_pages_do_not_need(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_ready_names_what_is_missing(http: httpx.AsyncClient) -> None:
    shown = await http.get("/health/ready")
    assert (shown.status_code, shown.json()) == (503, {"ready": False, "missing": ["rasa", "worker"]})
    assert (await http.get("/health/live")).status_code == 200


@pytest.mark.parametrize(
    ("text", "said", "urgent"),
    [
        ("bonjour", "Hent est en panne", None),
        ("je veux mourir", "3114", "distress"),
        ("il me frappe", "3919", "violence"),
        ("أريد أن أموت", "مجاني ليلا ونهارا", "distress"),
        ("no tengo nada que comer", "Si hoy no tiene qué comer", "food"),
    ],
)
async def test_without_a_database_there_is_a_number_and_the_urgent_one(
    chat: httpx.AsyncClient, app: FastAPI, text: str, said: str, urgent: str | None
) -> None:
    await chat.get("/chat/authority")
    whole, app.state.database = app.state.database, Database("postgresql+psycopg://nobody@127.0.0.1:9/none")
    refused = await write(chat, text)
    await app.state.database.close()
    app.state.database = whole
    assert (refused.status_code, refused.json()["error"], refused.json()["urgent"]) == (503, "unavailable", urgent)
    assert said in refused.json()["message"]
    assert refused.headers["retry-after"] == "10"


async def test_a_server_that_stood_still_too_long_asks_to_be_asked_again(
    chat: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def frozen(*given: Any) -> int:
        seq = await receive(*given)
        freeze(0.5)
        return seq

    receive, freeze = service.receive, time.sleep
    monkeypatch.setattr("api.core.database.IDLE", timedelta(milliseconds=100))
    whole, app.state.database = app.state.database, Database(app.state.settings.database_url)
    body = {"id": str(uuid4()), "text": "bonjour"}
    with monkeypatch.context() as patched:
        patched.setattr(service, "receive", frozen)
        assert (await chat.post("/chat/messages", json=body)).status_code == 503
    assert (await chat.post("/chat/messages", json=body)).json() == {"seq": 1}
    await app.state.database.close()
    app.state.database = whole


async def test_what_breaks_is_not_told(chat: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> int:
        raise RuntimeError("Maëlle Le Goff, 06 39 98 00 01")

    monkeypatch.setattr(service, "receive", broken)
    refused = await write(chat)
    assert refused.status_code == 500
    assert "Goff" not in refused.text
    assert refused.json()["error"] == "unexpected"
    assert "default-src 'none'" in refused.headers["content-security-policy"]

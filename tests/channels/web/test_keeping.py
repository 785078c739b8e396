"""What a person may do with their own conversation: keep a copy, and see that what they had erased is gone."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select

from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.core.database import notify
from channels.web import stream
from tests import factories


async def written(chat: httpx.AsyncClient, *texts: str) -> None:
    for text in texts:
        await chat.post("/chat/messages", json={"id": str(uuid4()), "text": text})


async def only_one(app: FastAPI) -> UUID:
    async with app.state.database.transaction() as session:
        return UUID(str((await session.scalars(select(Conversation.id))).one()))


async def erase(app: FastAPI) -> None:
    """What the end of a turn does in the end: one answer, and nothing before it."""
    conversation = await only_one(app)
    async with app.state.database.transaction() as session:
        row = await session.get_one(Conversation, conversation)
        answer = await factories.said(session, row, Author.assistant, "C'est fait.", MessageStatus.sent)
        await session.execute(delete(Message).where(Message.id != answer.id))
        await notify(session, f"out:{conversation}")


async def test_the_copy_is_a_text_file_in_french(chat: httpx.AsyncClient) -> None:
    await written(chat, "où en est mon dossier à Châteaulin ?")
    file = await chat.get("/chat/transcript")
    assert file.status_code == 200
    assert file.headers["content-type"] == "text/plain; charset=utf-8"
    assert file.headers["content-disposition"] == 'attachment; filename="conversation-hent.txt"'
    assert file.headers["cache-control"] == "no-store"
    assert "Vous :\noù en est mon dossier à Châteaulin ?\n" in file.text


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic abc"])
async def test_the_copy_needs_the_token_of_the_conversation(http: httpx.AsyncClient, header: str) -> None:
    refused = await http.get("/chat/transcript", headers={"Authorization": header})
    assert (refused.status_code, refused.json()["error"]) == (401, "not_allowed")


async def test_a_copy_holds_one_conversation_alone(http: httpx.AsyncClient) -> None:
    for text in ("la première", "la seconde"):
        begun = (await http.post("/chat/conversations")).json()
        http.headers["Authorization"] = f"Bearer {begun['token']}"
        await written(http, text)
    file = (await http.get("/chat/transcript")).text
    assert "la seconde" in file
    assert "la première" not in file


async def test_a_read_tells_the_first_message_that_is_kept(chat: httpx.AsyncClient, app: FastAPI) -> None:
    assert (await chat.get("/chat/messages")).json()["first"] == 1
    await written(chat, "un", "deux")
    assert (await chat.get("/chat/messages")).json()["first"] == 1
    await erase(app)
    shown = (await chat.get("/chat/messages", params={"after": 2})).json()
    assert (shown["first"], [message["seq"] for message in shown["messages"]]) == (3, [3])
    assert [message["seq"] for message in (await chat.get("/chat/messages")).json()["messages"]] == [3]


async def test_a_page_that_follows_is_told_once_what_was_erased(chat: httpx.AsyncClient, app: FastAPI) -> None:
    await written(chat, "un", "deux")
    events = stream.events(app.state.database, app.state.bus, await only_one(app), 2)
    assert (await anext(events)).startswith("event: mode")
    following = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0.2)
    await erase(app)
    assert (await asyncio.wait_for(following, 6)).startswith("event: message\nid: 3\n")
    assert await anext(events) == 'event: first\ndata: {"first": 3}\n\n'
    await written(chat, "trois")
    async with app.state.database.transaction() as session:
        await notify(session, f"out:{await only_one(app)}")
    assert (await asyncio.wait_for(anext(events), 6)).startswith("event: message\nid: 4\n")
    await events.aclose()  # type: ignore[attr-defined]

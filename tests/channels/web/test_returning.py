"""An answer is read where the person is: in the page, or by the link of an SMS, which shows that answer and no more."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from api.conversations import returning, service
from api.conversations.tables import Author, Conversation, MessageStatus, Mode, ReturnLink
from api.core.clock import now
from api.core.database import Database
from api.desk.tables import FeedEvent, FeedKind
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel, Level
from channels.web import stream
from tests import factories

UNKNOWN = "a" * 43


@pytest.fixture
def headers(chat: httpx.AsyncClient) -> dict[str, str]:
    """What opens the conversation in the browser where it began."""
    return {"Authorization": chat.headers["Authorization"]}


async def only_one(database: Database) -> UUID:
    async with database.transaction() as session:
        return (await session.scalars(select(Conversation.id))).one()


async def said(database: Database, *authors: Author) -> None:
    """Messages of these authors, in order."""
    async with database.transaction() as session:
        row = (await session.scalars(select(Conversation))).one()
        for author in authors:
            await factories.said(session, row, author, f"message {row.last_seq + 1}", MessageStatus.sent)


async def link(app: FastAPI, database: Database, first: int) -> str:
    conversation_id = await only_one(database)
    async with database.transaction() as session:
        return await returning.make(session, app.state.sealer, conversation_id, first, now())


async def come_back(http: httpx.AsyncClient, token: str) -> dict[str, Any]:
    """On another device."""
    answer = await http.post("/chat/return", json={"token": token})
    assert answer.status_code == 201
    shown: dict[str, Any] = answer.json()
    return shown


async def read_seq(database: Database) -> int:
    async with database.transaction() as session:
        return (await session.scalars(select(Conversation.read_seq))).one()


async def test_the_link_opens_the_answer_and_what_follows_and_nothing_before(
    chat: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    await said(database, Author.person, Author.assistant, Author.caseworker)
    returned = await come_back(chat, await link(app, database, 3))
    assert (returned["conversation"], returned["first"]) == (str(await only_one(database)), 3)
    chat.headers["Authorization"] = f"Bearer {returned['token']}"
    shown = (await chat.get("/chat/messages")).json()
    assert (shown["first"], [message["seq"] for message in shown["messages"]]) == (3, [3])
    file = (await chat.get("/chat/transcript")).text
    assert "message 3" in file
    assert "message 1" not in file
    assert (await chat.post("/chat/messages", json={"id": str(uuid4()), "text": "merci"})).json() == {"seq": 4}


async def test_events_show_no_more_than_the_link_does(
    chat: httpx.AsyncClient, app: FastAPI, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await said(database, Author.person, Author.caseworker)
    returned = await come_back(chat, await link(app, database, 2))
    asked: list[tuple[int, bool]] = []

    async def events(*given: Any) -> Any:
        after, since = given[-2:]
        asked.append((after, since is not None))
        yield ""

    monkeypatch.setattr(stream, "events", events)
    await chat.get("/chat/events", headers={"Authorization": f"Bearer {returned['token']}"})
    assert asked == [(1, True)]


async def test_the_link_is_good_once_and_for_three_days_and_says_nothing_of_why_not(
    chat: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    await said(database, Author.caseworker)
    used, old = await link(app, database, 1), await link(app, database, 1)
    await come_back(chat, used)
    async with database.transaction() as session:
        await session.execute(update(ReturnLink).where(ReturnLink.used_at.is_(None)).values(expires_at=now()))
    refused = [await chat.post("/chat/return", json={"token": token}) for token in (used, old, UNKNOWN)]
    assert {answer.status_code for answer in refused} == {404}
    assert len({answer.text for answer in refused}) == 1
    assert "plus valable" in refused[0].json()["message"]


async def test_the_browser_where_it_began_goes_on(
    chat: httpx.AsyncClient, app: FastAPI, database: Database, headers: dict[str, str]
) -> None:
    await said(database, Author.person, Author.caseworker)
    await come_back(chat, await link(app, database, 2))
    shown = (await chat.get("/chat/messages", headers=headers)).json()
    assert [message["seq"] for message in shown["messages"]] == [1, 2]


async def level(database: Database) -> Level:
    async with database.transaction() as session:
        return (await session.scalars(select(Conversation.level))).one()


async def identify(database: Database) -> None:
    async with database.transaction() as session:
        person = await factories.person(session)
        service.identify((await session.scalars(select(Conversation))).one(), person.id, Level.code, now())


async def test_whoever_writes_by_the_link_is_nobody_until_they_prove_it_there(
    chat: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    await said(database, Author.caseworker)
    await identify(database)
    returned = await come_back(chat, await link(app, database, 1))
    chat.headers["Authorization"] = f"Bearer {returned['token']}"
    await chat.post("/chat/messages", json={"id": str(uuid4()), "text": "bonjour"})
    assert await level(database) is Level.nobody
    await identify(database)
    await chat.post("/chat/messages", json={"id": str(uuid4()), "text": "quand est mon rendez-vous"})
    assert await level(database) is Level.code


async def test_what_was_read_only_rises(chat: httpx.AsyncClient, database: Database) -> None:
    await said(database, *[Author.assistant] * 5)
    seen = []
    for seq in (3, 2, 3, 400):
        assert (await chat.post("/chat/read", json={"seq": seq})).status_code == 204
        seen.append(await read_seq(database))
    assert seen == [3, 3, 3, 5]


@pytest.mark.parametrize(("hidden", "reached"), [(False, 4), (True, 0)])
async def test_whoever_asks_for_what_comes_after_has_read_it_unless_their_page_is_hidden(
    chat: httpx.AsyncClient, database: Database, hidden: bool, reached: int
) -> None:
    await said(database, *[Author.assistant] * 5)
    await chat.get("/chat/messages", params={"after": 4} | ({"hidden": True} if hidden else {}))
    assert await read_seq(database) == reached


@pytest.mark.parametrize("body", [{"seq": 0}, {"seq": 2**31}, {"seq": "x"}, {}])
async def test_nonsense_is_not_a_mark(chat: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await chat.post("/chat/read", json=body)).status_code == 422


async def asked(database: Database) -> Escalation:
    conversation_id = await only_one(database)
    async with database.transaction() as session:
        team = await factories.organisation(session)
        asked = Asked(Reason.asked, "parler", team.authority_code, Channel.web, conversation_id)
        return (await ask_human(session, asked, now())).escalation


async def test_the_desk_is_told_that_an_answer_was_read_and_nothing_rings(
    chat: httpx.AsyncClient, database: Database
) -> None:
    row = await asked(database)
    await said(database, Author.assistant, Author.caseworker)

    async def news() -> list[tuple[FeedKind, bool]]:
        async with database.transaction() as session:
            told = select(FeedEvent.kind, FeedEvent.rings).where(FeedEvent.escalation_id == row.id)
            return [(kind, rings) for kind, rings in await session.execute(told.order_by(FeedEvent.number))]

    before = await news()
    await chat.post("/chat/read", json={"seq": 1})
    assert await news() == before
    await chat.post("/chat/read", json={"seq": 2})
    assert await news() == [*before, (FeedKind.message, False)]


async def test_the_page_is_told_who_answers(chat: httpx.AsyncClient, app: FastAPI, database: Database) -> None:
    row = await asked(database)
    assert (await chat.get("/chat/messages")).json()["who"] is None
    async with database.transaction() as session:
        worker = await factories.caseworker(session)
        await session.execute(update(Escalation).where(Escalation.id == row.id).values(owner_id=worker.id))
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    shown = (await chat.get("/chat/messages")).json()
    assert (shown["mode"], shown["who"]) == ("caseworker", "Nolwenn")
    events = stream.events(app.state.database, app.state.bus, await only_one(database), 0)
    assert await anext(events) == 'event: mode\ndata: {"mode": "caseworker", "who": "Nolwenn"}\n\n'
    await events.aclose()  # type: ignore[attr-defined]

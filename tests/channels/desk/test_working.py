"""A caseworker's work over the desk's contract: see, take, answer, note, give back, hand back, close."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from api.conversations import service
from api.conversations.tables import Conversation, Mode
from api.core.database import Database
from tests.channels.desk.conftest import FAMILY, SAID, Browser, Team


async def version_of(http: httpx.AsyncClient, path: str) -> int:
    return int((await http.get(path)).json()["version"])


async def act(http: httpx.AsyncClient, path: str, what: str, **more: Any) -> httpx.Response:
    return await http.post(f"{path}/{what}", json={"version": await version_of(http, path)} | more)


async def write(http: httpx.AsyncClient, path: str, text: str, what: str = "reply") -> httpx.Response:
    return await http.post(f"{path}/{what}", json={"id": str(uuid4()), "text": text})


async def mode(database: Database, team: Team) -> Mode:
    async with database.transaction() as session:
        return (await session.get_one(Conversation, team.conversation)).mode


async def test_who_waits_is_seen_with_what_they_want(desk: httpx.AsyncClient, ours: Team, theirs: Team) -> None:
    page = (await desk.get("/desk/queue")).json()
    assert page["total"] == len(page["items"]) == 1
    item = page["items"][0]
    assert (item["id"], item["reason"], item["kind"]) == (str(ours.escalation), "asked", "to_answer")
    assert (item["line"], item["owner"], item["late"], item["channel"]) == (SAID, None, False, "web")
    assert FAMILY in item["person"]
    assert page["cursor"] >= 1
    assert (await desk.get("/desk/queue", params={"page": 2})).json()["items"] == []


async def test_a_thread_shows_the_person_and_what_was_said(desk: httpx.AsyncClient, path: str) -> None:
    thread = (await desk.get(path)).json()
    assert FAMILY in thread["person"]["name"]
    assert thread["person"]["birth_date"] == "1990-05-14"
    assert (thread["state"], thread["mine"], thread["owner"]) == ("open", False, None)
    assert [(said["author"], said["text"]) for said in thread["messages"]] == [("person", SAID)]
    assert [one["event"] for one in thread["events"]] == ["opened"]
    assert (await desk.get(path, params={"after": 1})).json()["messages"] == []


async def test_the_whole_work_from_taking_to_closing(
    desk: httpx.AsyncClient, path: str, ours: Team, database: Database
) -> None:
    taken = await act(desk, path, "take")
    assert taken.status_code == 200
    assert await mode(database, ours) is Mode.caseworker
    thread = (await desk.get(path)).json()
    assert (thread["mine"], thread["owner"]["name"], thread["version"]) == (
        True,
        "Nolwenn Kerdoncuff",
        taken.json()["version"],
    )
    stored = await write(desk, path, "Bonjour, je regarde.")
    assert stored.status_code == 202
    assert (await write(desk, path, "À rappeler.", "note")).status_code == 204
    shown = (await desk.get(path)).json()
    assert (shown["messages"][-1]["seq"], shown["messages"][-1]["author"]) == (stored.json()["seq"], "caseworker")
    assert "À rappeler." not in [said["text"] for said in shown["messages"]]
    assert "À rappeler." in [one["text"] for one in shown["events"]]
    assert (await act(desk, path, "hand-back")).status_code == 200
    assert await mode(database, ours) is Mode.assistant
    assert (await act(desk, path, "close", outcome="answered")).status_code == 200
    assert (await desk.get(path)).json()["state"] == "closed"
    assert (await desk.get("/desk/queue")).json()["total"] == 0
    assert (await desk.get("/desk/queue", params={"state": "closed"})).json()["total"] == 1
    assert (await act(desk, path, "reopen")).status_code == 200
    assert (await desk.get("/desk/queue")).json()["total"] == 1


async def test_a_reply_posted_twice_with_one_id_is_one_message(
    desk: httpx.AsyncClient, path: str, ours: Team, database: Database
) -> None:
    await act(desk, path, "take")
    body = {"id": str(uuid4()), "text": "Une seule fois."}
    answers = await asyncio.gather(*(desk.post(f"{path}/reply", json=body) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["seq"] for answer in answers}) == 1
    async with database.transaction() as session:
        texts = [message.text for message, _ in await service.read(session, ours.conversation, 0)]
    assert texts.count("Une seule fois.") == 1


async def test_of_two_who_take_it_one_has_it_and_the_other_is_told_who(
    desk: httpx.AsyncClient, browser: Browser, ours: Team, path: str
) -> None:
    other = await browser(ours.colleagues["Ronan"])
    seen = {"version": await version_of(desk, path)}
    answers = await asyncio.gather(*(http.post(f"{path}/take", json=seen) for http in (desk, other)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    first = "Nolwenn" if answers[0].status_code == 200 else "Ronan"
    refused = next(answer for answer in answers if answer.status_code == 409).json()
    assert refused["error"] in {"conflict", "taken"}
    assert first in refused["message"]


async def test_whoever_has_not_taken_it_does_not_answer(
    desk: httpx.AsyncClient, browser: Browser, ours: Team, path: str
) -> None:
    await act(desk, path, "take")
    refused = await write(await browser(ours.colleagues["Ronan"]), path, "Moi aussi.")
    assert refused.status_code == 409
    assert "Nolwenn" in refused.json()["message"]


async def test_what_was_given_back_is_taken_by_a_colleague(
    desk: httpx.AsyncClient, browser: Browser, ours: Team, path: str
) -> None:
    await act(desk, path, "take")
    assert (await desk.get("/desk/queue", params={"state": "mine"})).json()["total"] == 1
    assert (await act(desk, path, "give-back")).status_code == 200
    assert (await desk.get("/desk/queue", params={"state": "mine"})).json()["total"] == 0
    assert (await act(await browser(ours.colleagues["Ronan"]), path, "take")).status_code == 200


async def test_an_empty_reply_is_refused(desk: httpx.AsyncClient, path: str) -> None:
    await act(desk, path, "take")
    assert (await write(desk, path, "  ")).status_code == 422
    assert (await write(desk, path, "a" * 4001)).status_code == 413

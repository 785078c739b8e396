"""Calls to the actions: short, on one connection, without the domain, and a failure is a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from hent_bot import remote_action
from hent_bot.answers import Says
from hent_bot.errors import ActionFailed

Answer = Callable[[web.Request], Awaitable[web.Response]]
GOOD = {
    "events": [{"event": "slot", "name": "training_search", "value": "s1"}],
    "responses": [{"custom": {"say": "trainings", "draft": "d1"}}],
}


def run_action(answer: Answer, times: int = 1) -> list[Any]:
    """Run the action against a server that answers with `answer`; give the events of the last run."""

    async def serve_and_run() -> list[Any]:
        app = web.Application()
        app.router.add_post("/actions", answer)
        async with TestServer(app) as server:
            endpoint = EndpointConfig(str(server.make_url("/actions")), headers={"Authorization": "Bearer open"})
            action = remote_action.HentRemoteAction("action_search_training", endpoint)
            tracker = DialogueStateTracker.from_events("c1", [UserUttered("soudeur", metadata={"turn": "t1"})])
            nlg = TemplatedNaturalLanguageGenerator({})
            try:
                for _ in range(times):
                    produced = await action.run(Says(), nlg, tracker, Domain.empty())
            finally:
                await remote_action.close_session()
            return produced

    return asyncio.run(serve_and_run())


def replies(body: Any, status: int = 200) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return answer


def test_what_the_action_says_comes_before_the_slots_that_it_sets() -> None:
    said, slot = run_action(replies(GOOD))
    assert isinstance(said, BotUttered)
    assert said.data["custom"] == {"say": "trainings", "draft": "d1"}
    assert slot == SlotSet("training_search", "s1")


def test_the_action_is_told_the_turn_and_shown_the_token_but_not_the_domain() -> None:
    seen: list[tuple[Any, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((await request.json(), request.headers["Authorization"]))
        return web.json_response(GOOD)

    run_action(answer)
    (body, shown) = seen[0]
    assert shown == "Bearer open"
    assert "domain" not in body
    assert body["next_action"] == "action_search_training"
    assert body["tracker"]["latest_message"]["metadata"] == {"turn": "t1"}


def test_one_connection_serves_every_action() -> None:
    peers = set()

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response(GOOD)

    run_action(answer, times=3)
    assert len(peers) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(replies({"error": "boom", "request_body": {}}, status=500), id="the action broke"),
        pytest.param(replies({"error": "no", "action_name": "a"}, status=400), id="the action declined"),
        pytest.param(replies(GOOD, status=401), id="the token was refused"),
        pytest.param(replies(["no", "object"]), id="the answer is a list"),
        pytest.param(replies({"events": [], "responses": "no list"}), id="the responses are no list"),
        pytest.param(replies({"events": [{"event": "slot", "name": 3}]}), id="an event is not of its shape"),
    ],
)
def test_an_action_that_did_not_run_fails_the_turn(answer: Answer) -> None:
    with pytest.raises(ActionFailed):
        run_action(answer)


def test_an_answer_that_is_not_json_fails_the_turn() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="{", content_type="application/json")

    with pytest.raises(ActionFailed):
        run_action(answer)


def test_a_slow_action_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_action, "ACTION_TIMEOUT", 0.05)

    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.json_response(GOOD)

    with pytest.raises(ActionFailed):
        run_action(answer)


def test_an_action_server_that_is_not_there_fails_the_turn() -> None:
    async def call() -> None:
        try:
            await remote_action.call(EndpointConfig("http://127.0.0.1:1/actions"), {})
        finally:
            await remote_action.close_session()

    with pytest.raises(ActionFailed) as failure:
        asyncio.run(call())
    assert isinstance(failure.value.__cause__, aiohttp.ClientConnectionError)


def test_without_an_endpoint_no_action_can_run() -> None:
    with pytest.raises(ActionFailed):
        asyncio.run(remote_action.call(None, {}))

"""The three routes: who may call them, and what a failure looks like from outside."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sanic.exceptions import InvalidUsage

from hent_bot import channel as channels
from hent_bot import turn as turns
from hent_bot.channel import HentChannel
from hent_bot.errors import ActionFailed, FenceLost, StoreFailed

CONVERSATION = "5b0d9fd5-90a7-4b7e-9e3c-0d2b6a1f0c11"
TURN = "7d1f6d0e-4a55-4e34-8a44-0f5b1c2d3e4f"
BODY: dict[str, Any] = {"conversation": CONVERSATION, "turn": TURN, "fence": 3, "text": "je m appelle Nolwenn"}
PARSED: dict[str, Any] = {
    "intent": {"name": "greet", "confidence": 0.9},
    "intent_ranking": [],
    "entities": [],
    "text": "",
}


class ScriptedAgent:
    """An agent that says "greet", unless it is told what goes wrong."""

    def __init__(self, failure: Exception | None = None, silent: bool = False, ready: bool = True) -> None:
        self.failure, self.silent, self.ready = failure, silent, ready
        self.domain = SimpleNamespace(
            intents=["greet", "search_training", "out_of_scope", "restart", "back", "session_start"]
        )
        self.processor = SimpleNamespace(model_filename="hent-1.tar.gz")
        self.tracker_store = SimpleNamespace(check=self.check)
        self.played: list[tuple[Any, turns.Turn]] = []
        self.parses: dict[str, str] = {}

    def is_ready(self) -> bool:
        return self.ready

    async def check(self) -> None:
        if self.failure:
            raise self.failure

    async def parse_message(self, text: str) -> dict[str, Any]:
        if text not in self.parses:
            return PARSED
        ranking = [{"name": self.parses[text], "confidence": 0.9}]
        return {"intent": ranking[0], "intent_ranking": ranking, "entities": [], "text": text}

    async def handle_message(self, message: Any) -> None:
        self.played.append((message, turns.current()))
        if self.failure:
            raise self.failure
        if not self.silent:
            await message.output_channel.send_response("c", {"custom": {"say": "greet"}})


class BrokenBody:
    """A request whose body is not JSON."""

    @property
    def json(self) -> Any:
        raise InvalidUsage("Failed when parsing body as json")


def ask(
    handler: Callable[[Any], Awaitable[Any]],
    agent: ScriptedAgent | None,
    body: Any = BODY,
    token: str = "Bearer sesame",
) -> tuple[int, Any]:
    """Ask a route whose token is "sesame"; give status and body."""
    request = BrokenBody() if body is None else SimpleNamespace(json=body)
    request.path = "/webhooks/hent/turns"
    request.headers = {"authorization": token}
    request.app = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
    secret = handler is not channels.tell_ready
    response = asyncio.run(HentChannel("sesame")._answered(handler, secret)(request))
    return response.status, json.loads(response.body)


def test_a_turn_tells_what_was_understood_and_what_is_to_be_said() -> None:
    status, answer = ask(channels.play_turn, ScriptedAgent())
    assert status == 200
    assert answer == {
        "turn": TURN,
        "intent": {"name": "greet", "confidence": 0.9},
        "ranking": [],
        "entities": [],
        "says": [{"say": "greet"}],
        "also": None,
    }


def test_the_turn_in_hand_and_the_metadata_are_those_of_the_request() -> None:
    agent = ScriptedAgent()
    ask(channels.play_turn, agent, {**BODY, "fresh": True})
    message, turn = agent.played[0]
    assert (turn.conversation, turn.id, turn.fence, turn.fresh) == (CONVERSATION, TURN, 3, True)
    assert (message.sender_id, message.metadata) == (CONVERSATION, {"turn": TURN})


@pytest.mark.parametrize("token", ["", "sesame", "Bearer", "Bearer sesam", "Bearer sésame", "bearer sesame"])
def test_only_the_bearer_of_the_token_is_heard(token: str) -> None:
    agent = ScriptedAgent()
    assert ask(channels.play_turn, agent, token=token) == (401, {"error": "unauthorized"})
    assert agent.played == []


@pytest.mark.parametrize(
    ("failure", "status", "reason"),
    [
        (ActionFailed(), 502, "action_failed"),
        (StoreFailed(), 503, "store_failed"),
        (FenceLost(), 503, "fence_lost"),
        (ValueError("Nolwenn"), 500, "internal"),
    ],
)
def test_a_failure_is_a_status_and_one_word_and_logs_no_text(
    failure: Exception, status: int, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert ask(channels.play_turn, ScriptedAgent(failure)) == (status, {"error": reason})
    assert reason in caplog.text
    assert "Nolwenn" not in caplog.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (None, "invalid"),
        ([], "invalid"),
        ({**BODY, "text": "/restart"}, "slash"),
        ({**BODY, "intent": {"name": "restart"}}, "unknown_intent"),
        ({**BODY, "intent": {"name": "back"}}, "unknown_intent"),
        ({**BODY, "intent": {"name": "session_start"}}, "unknown_intent"),
        ({**BODY, "intent": {"name": "nobody_s_intent"}}, "unknown_intent"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_it_is_played(body: Any, reason: str) -> None:
    agent = ScriptedAgent()
    assert ask(channels.play_turn, agent, body) == (422, {"error": reason})
    assert agent.played == []


def test_a_named_intent_is_played_as_certain() -> None:
    agent = ScriptedAgent()
    status, answer = ask(channels.play_turn, agent, {**BODY, "intent": {"name": "out_of_scope"}})
    assert (status, answer["intent"]) == (200, {"name": "out_of_scope", "confidence": 1.0})
    assert agent.played[0][0].parse_data["intent"]["name"] == "out_of_scope"


def test_two_requests_are_two_messages_of_one_turn_and_one_session() -> None:
    agent = ScriptedAgent()
    sure = {"greet": {"name": "out_of_scope"}}
    bars = dict.fromkeys(("answer", "expected", "clear", "each_of_two", "two_likeliest"), 0.5) | {"sure_of_one": 1.0}
    hearing = {"bars": bars, "expected": sure, "pieces": ["bonjour", "quel temps"], "only": None}
    agent.parses = {BODY["text"]: "greet", "bonjour": "greet", "quel temps": "search_training"}
    status, answer = ask(channels.play_turn, agent, {**BODY, "fresh": True, "hearing": hearing})
    assert status == 200
    assert (answer["intent"]["name"], answer["also"]["intent"]["name"]) == ("out_of_scope", "search_training")
    assert [(message.text, turn.id, turn.fresh) for message, turn in agent.played] == [
        ("bonjour", TURN, True),
        ("quel temps", TURN, False),
    ]


def test_the_message_whose_words_are_answered_is_told_to_the_actions() -> None:
    agent = ScriptedAgent()
    ask(channels.play_turn, agent, {**BODY, "about": CONVERSATION})
    assert agent.played[0][0].metadata == {"turn": TURN, "about": CONVERSATION}


def test_a_turn_in_which_nothing_is_said_is_a_failure() -> None:
    assert ask(channels.play_turn, ScriptedAgent(silent=True)) == (500, {"error": "nothing_said"})


@pytest.mark.parametrize("agent", [None, ScriptedAgent(ready=False)])
def test_nothing_is_answered_before_a_model_is_loaded(agent: ScriptedAgent | None) -> None:
    for handler in (channels.play_turn, channels.tell_ready):
        assert ask(handler, agent) == (503, {"error": "not_ready"})


def test_ready_means_that_a_turn_could_be_kept() -> None:
    assert ask(channels.tell_ready, ScriptedAgent()) == (200, {"model": "hent-1.tar.gz"})
    assert ask(channels.tell_ready, ScriptedAgent(StoreFailed())) == (503, {"error": "store_failed"})


def test_readiness_needs_no_token() -> None:
    assert ask(channels.tell_ready, ScriptedAgent(), token="")[0] == 200


def test_the_routes_are_under_the_name_of_the_channel() -> None:
    routes = HentChannel("sesame").blueprint(None)._future_routes
    assert {(route.uri, *route.methods) for route in routes} == {
        ("/turns", "POST"),
        ("/ready", "GET"),
    }
    assert HentChannel.name() == "hent"

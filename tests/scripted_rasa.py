"""A Rasa that answers what a test wrote down, in the shape of our own channel."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from api.conversations.rasa import Rasa

Answer = Callable[[dict[str, Any]], httpx.Response]


def says(intent: str, *names: str, confidence: float = 0.9) -> httpx.Response:
    """An answer that names texts."""
    return httpx.Response(200, json=heard(intent, *names, confidence=confidence))


def says_both(first: tuple[str, ...], second: tuple[str, ...]) -> httpx.Response:
    """An answer to two requests, each an intent and the texts that it names."""
    return httpx.Response(200, json=heard(*first) | {"also": heard(*second)})


def doubts(*likely: tuple[str, float]) -> httpx.Response:
    """No intent is sure; these are the likeliest."""
    ranking = [{"name": intent, "confidence": confidence} for intent, confidence in likely]
    return httpx.Response(200, json=heard("nlu_fallback", "not_understood", confidence=0.1) | {"ranking": ranking})


def heard(intent: str, *names: str, confidence: float = 0.9) -> dict[str, Any]:
    """What our channel tells of one request."""
    return {
        "turn": "",
        "intent": {"name": intent, "confidence": confidence},
        "ranking": [] if intent == "nlu_fallback" else ranked(intent, confidence),
        "entities": [],
        "says": [{"say": name} for name in names],
    }


def ranked(intent: str, confidence: float) -> list[dict[str, Any]]:
    """What is read is one of several; what the server named is certain and alone."""
    others = [{"name": "out_of_scope", "confidence": 0.01}] if confidence < 1 else []
    return [{"name": intent, "confidence": confidence}, *others]


@dataclass
class ScriptedRasa:
    """Keeps what it was asked; `answer` may be changed at any moment of a test."""

    answer: Answer = lambda asked: says("greet", "greet")
    asked: list[dict[str, Any]] = field(default_factory=list)

    def client(self) -> Rasa:
        """The real client, with this Rasa at the other end."""
        return Rasa("http://rasa", "token", 1.0, transport=httpx.MockTransport(self._handle))

    def _handle(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        self.asked.append(body)
        return self.answer(body)

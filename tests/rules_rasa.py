"""A Rasa that is told what each message means, follows our rules, and runs our actions."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from actions.listener import create_listener
from api.conversations.rasa import Rasa
from api.core.database import Database
from api.core.documents import read_yaml

ROOT = Path(__file__).parents[1]
TOKEN = "a token for tests"


@cache
def rules() -> list[tuple[str, tuple[str, ...]]]:
    """(intent, what is done) of each rule, whatever its condition: all that can follow an intent."""
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in read_yaml(file)["rules"]:
            done = tuple(step["action"] for step in rule["steps"] if "action" in step)
            for step in rule["steps"]:
                for one in step.get("or", [step]):
                    if "intent" in one:
                        found[one["intent"], done] = None
    return list(found)


@cache
def responses() -> dict[str, list[dict[str, str]]]:
    """What each `utter_` of the domain names."""
    files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
    said = {name: text for file in files for name, text in (read_yaml(file).get("responses") or {}).items()}
    return {name: [one["custom"] for one in text] for name, text in said.items()}


@cache
def slots() -> dict[str, None]:
    """Every slot of the domain, empty, as Rasa sends them."""
    files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
    return {name: None for file in files for name in read_yaml(file).get("slots") or {}}


class RulesRasa:
    """`means` is set before each message: an intent, and what is then done."""

    def __init__(self, database: Database) -> None:
        self.means: tuple[str, tuple[str, ...]] = ("nlu_fallback", ("utter_not_understood",))
        self._slots: dict[str, dict[str, Any]] = defaultdict(lambda: dict(slots()))
        transport = httpx.ASGITransport(create_listener(database, TOKEN))
        headers = {"Authorization": f"Bearer {TOKEN}"}
        self._actions = httpx.AsyncClient(transport=transport, base_url="http://actions", headers=headers)

    def client(self) -> Rasa:
        """The real client, with this Rasa at the other end."""
        return Rasa("http://rasa", "token", 10.0, transport=httpx.MockTransport(self._handle))

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        chosen = asked["intent"]
        intent, done = self._of(chosen["name"]) if chosen else self.means
        found = [
            {"entity": name, "value": value, "start": 0, "end": 0}
            for name, value in (chosen or {}).get("entities", {}).items()
        ]
        said = [one for name in done for one in await self._do(name, asked, intent, found)]
        body = {"intent": {"name": intent, "confidence": 1.0}, "ranking": [], "entities": found, "says": said}
        return httpx.Response(200, json=body)

    def _of(self, intent: str) -> tuple[str, tuple[str, ...]]:
        return next(rule for rule in rules() if rule[0] == intent)

    async def _do(self, name: str, asked: dict[str, Any], intent: str, found: list[Any]) -> list[dict[str, str]]:
        if not name.startswith("action_"):
            return responses()[name]
        message = {
            "intent": {"name": intent},
            "text": asked["text"],
            "entities": found,
            "metadata": {"turn": asked["turn"]},
        }
        sender = asked["conversation"]
        tracker = {"sender_id": sender, "slots": self._slots[sender], "latest_message": message, "events": []}
        call = {"next_action": name, "sender_id": sender, "tracker": tracker, "version": "3.6.21"}
        answer = await self._actions.post("/actions", json=call)
        assert answer.status_code == httpx.codes.OK, (name, answer.text)
        self._slots[sender] |= {one["name"]: one["value"] for one in answer.json()["events"] if one["event"] == "slot"}
        return [one["custom"] for one in answer.json()["responses"]]

"""What we tell the server: what Rasa understood, and the names of what is to be said."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from hent_bot.errors import NothingSaid
from hent_bot.requests import NamedIntent

RANKING_LENGTH = 5


class Says(OutputChannel):
    """Collects the names of what is to be said, in order: `{"say": NAME, "draft": uuid?}`."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self.named: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's events."""
        return "hent"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response. Raises NothingSaid when it holds a sentence instead of a name: the server speaks."""
        custom = message.get("custom")
        if not isinstance(custom, dict) or not isinstance(custom.get("say"), str):
            raise NothingSaid
        self.named.append(custom)


def understood(parse_data: dict[str, Any]) -> dict[str, Any]:
    """`{intent, ranking, entities}` of Rasa's parse data.

    `intent` is what Rasa acts on (it may be nlu_fallback); `ranking` holds the five likeliest real intents.
    """
    return {
        "intent": _named(parse_data["intent"]),
        "ranking": [_named(one) for one in ranked(parse_data)[:RANKING_LENGTH]],
        "entities": [
            {key: entity.get(key) for key in ("entity", "value", "start", "end")} for entity in parse_data["entities"]
        ],
    }


def ranked(parse_data: dict[str, Any]) -> list[dict[str, Any]]:
    """The real intents of Rasa's parse data, the likeliest first."""
    return [one for one in parse_data.get("intent_ranking", []) if one["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME]


def named_parse_data(text: str, intent: NamedIntent, read: dict[str, Any] | None = None) -> dict[str, Any]:
    """Parse data for an intent that the server names: certain, and with the server's own entities.

    `read`: Rasa's parse data of the text, whose entities are kept too. Without it no text is interpreted.
    """
    certain = {"name": intent.name, "confidence": 1.0}
    named = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in intent.entities.items()]
    entities = [*(read["entities"] if read else []), *named]
    return {"text": text, "intent": certain, "intent_ranking": [certain], "entities": entities}


def _named(intent: dict[str, Any]) -> dict[str, Any]:
    return {"name": intent["name"], "confidence": round(float(intent["confidence"]), 4)}

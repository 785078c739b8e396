"""What the server may ask of us, read from JSON. Anything else is refused with a 4xx, before Rasa sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hent_bot.errors import InvalidRequest, SlashRefused

# Characters of one text, and texts of one evaluation: above a long message, below what would stall the process.
MAX_TEXT = 5_000


@dataclass(frozen=True)
class NamedIntent:
    """An intent that the server names itself, for a choice that was tapped: no text is interpreted."""

    name: str
    entities: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TurnRequest:
    """One turn to play. `conversation` and `turn` are UUIDs as text."""

    conversation: str
    turn: str
    fence: int
    fresh: bool
    text: str
    intent: NamedIntent | None


def read_turn(body: Any) -> TurnRequest:
    """Read `{conversation, turn, fence, fresh?, text, intent?}`. Raises InvalidRequest or SlashRefused."""
    if not isinstance(body, dict):
        raise InvalidRequest
    fence, fresh = body.get("fence"), body.get("fresh", False)
    if type(fence) is not int or type(fresh) is not bool:
        raise InvalidRequest
    intent = _read_intent(body.get("intent"))
    text = _read_text(body.get("text"))
    if not text and intent is None:
        raise InvalidRequest
    return TurnRequest(_read_uuid(body.get("conversation")), _read_uuid(body.get("turn")), fence, fresh, text, intent)


def _read_text(text: Any) -> str:
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise InvalidRequest
    # Rasa strips the text before it looks for the slash.
    if text.strip().startswith("/"):
        raise SlashRefused
    return text


def _read_uuid(value: Any) -> str:
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidRequest from error


def _read_intent(value: Any) -> NamedIntent | None:
    if value is None:
        return None
    name, entities = (value.get("name"), value.get("entities") or {}) if isinstance(value, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(entities, dict):
        raise InvalidRequest
    return NamedIntent(name, entities)

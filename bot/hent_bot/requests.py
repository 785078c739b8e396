"""What the server may ask of us, read from JSON. Anything else is refused with a 4xx, before Rasa sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hent_bot.errors import InvalidRequest, SlashRefused

# Characters of one text, and texts of one evaluation: above a long message, below what would stall the process.
MAX_TEXT = 5_000
# Pieces of one message: each is read by itself, 3 ms apiece.
MAX_PIECES = 6


@dataclass(frozen=True)
class NamedIntent:
    """An intent that the server names itself, for a choice that was tapped: no text is interpreted.

    `reads`: the text still says which place or trade, for it was written before the choice was offered.
    """

    name: str
    entities: dict[str, Any] = field(default_factory=dict)
    reads: bool = False


@dataclass(frozen=True)
class Bars:
    """How sure a reading must be (confidences, 0 to 1); what each is for stands in data/reference/bands.yml."""

    answer: float
    expected: float
    clear: float
    sure_of_one: float
    each_of_two: float
    two_likeliest: float


@dataclass(frozen=True)
class Hearing:
    """What the server knows about the text before we read it.

    `bars`: None leaves it to the pipeline's own fallback; `expected`: the intents that would answer the open question,
    each with what it then stands for, if not for itself; `pieces`: the text cut where a second request may begin;
    `only`: the intent of the one request that is still to be answered.
    """

    bars: Bars | None = None
    expected: Mapping[str, NamedIntent | None] = field(default_factory=dict)
    pieces: tuple[str, ...] = ()
    only: str | None = None


@dataclass(frozen=True)
class TurnRequest:
    """One turn to play. `conversation`, `turn` and `about` (the message whose words are answered) are UUIDs as text."""

    conversation: str
    turn: str
    fence: int
    fresh: bool
    text: str
    intent: NamedIntent | None
    hearing: Hearing = Hearing()
    about: str | None = None


def read_turn(body: Any) -> TurnRequest:
    """Read `{conversation, turn, fence, fresh?, text, intent?, hearing?, about?}`.

    Raises InvalidRequest or SlashRefused.
    """
    if not isinstance(body, dict):
        raise InvalidRequest
    fence, fresh, about = body.get("fence"), body.get("fresh", False), body.get("about")
    if type(fence) is not int or type(fresh) is not bool:
        raise InvalidRequest
    intent = _read_intent(body.get("intent"))
    text = _read_text(body.get("text"))
    if not text and intent is None:
        raise InvalidRequest
    return TurnRequest(
        conversation=_read_uuid(body.get("conversation")),
        turn=_read_uuid(body.get("turn")),
        fence=fence,
        fresh=fresh,
        text=text,
        intent=intent,
        hearing=_read_hearing(body.get("hearing")),
        about=None if about is None else _read_uuid(about),
    )


def _read_hearing(value: Any) -> Hearing:
    if value is None:
        return Hearing()
    try:
        return Hearing(
            bars=Bars(**{name: float(bar) for name, bar in value["bars"].items()}),
            expected={str(name): _read_intent(stands_for) for name, stands_for in value["expected"].items()},
            pieces=tuple(_read_text(piece) for piece in value["pieces"][:MAX_PIECES]),
            only=value["only"],
        )
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise InvalidRequest from error


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
    return NamedIntent(name, entities, value.get("reads") is True)

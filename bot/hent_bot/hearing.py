"""What a text is taken for, once the model has ranked its intents: how sure it must be, and what was asked before it.

The server knows the question that is open and holds the thresholds; it sends both with the text (`Hearing`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK

from hent_bot.answers import named_parse_data, ranked
from hent_bot.requests import Bars, Hearing, TurnRequest

ParseData = dict[str, Any]
Parse = Callable[[str], Awaitable[ParseData]]

URGENT = "emergency_"
# Never one of two requests: they are said around one, or answer a question that is not open.
NO_REQUEST = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "stop_flow", "ask_help", "explain_simpler", "bot_challenge",
     "out_of_scope", "inform", "ask_more"}
)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """One request: its own words, and what they are taken for."""

    text: str
    parse_data: ParseData

    @property
    def intent(self) -> str:
        """The name of what Rasa will act on."""
        return str(self.parse_data["intent"]["name"])


async def hear(parse: Parse, asked: TurnRequest) -> list[Heard]:
    """The request of this turn, or the two of it in their order; what is urgent stays alone."""
    if asked.intent is not None:
        read = await parse(asked.text) if asked.intent.reads else None
        return [Heard(asked.text, named_parse_data(asked.text, asked.intent, read))]
    heard = await _two(parse, asked.hearing) or [await _one(parse, asked.text, asked.hearing)]
    urgent = [one for one in heard if one.intent.startswith(URGENT)]
    still = [one for one in heard if one.intent == asked.hearing.only]
    return urgent[:1] or still or heard


async def _one(parse: Parse, text: str, hearing: Hearing) -> Heard:
    read = await parse(text)
    ranking = ranked(read)
    if hearing.bars is None or not ranking:
        return Heard(text, read)
    likeliest = _preferred(ranking, hearing, hearing.bars)
    bar = hearing.bars.answer
    if _is_answer(likeliest["name"], hearing):
        bar = hearing.bars.expected
    if likeliest["confidence"] < bar:
        return Heard(text, {**read, "intent": {"name": FALLBACK, "confidence": likeliest["confidence"]}})
    stands_for = hearing.expected.get(likeliest["name"])
    return Heard(text, named_parse_data(text, stands_for, read) if stands_for else {**read, "intent": likeliest})


def _preferred(ranking: Sequence[dict[str, Any]], hearing: Hearing, bars: Bars) -> dict[str, Any]:
    """The likeliest intent, or else the one that answers what was asked, if nothing else is clear."""
    first = ranking[0]
    answers = [one for one in ranking if _is_answer(one["name"], hearing) and one["confidence"] >= bars.expected]
    sure = first["confidence"] >= bars.clear or first["name"].startswith(URGENT)
    return first if sure or not answers else answers[0]


def _is_answer(name: str, hearing: Hearing) -> bool:
    """Whether a lower bar is enough for it. A yes that stands for a button changes something: it must be as sure."""
    return name in hearing.expected and hearing.expected[name] is None


async def _two(parse: Parse, hearing: Hearing) -> list[Heard] | None:
    """The two requests that the pieces make, each sure and neither like the other; None when there is only one."""
    if hearing.bars is None or len(hearing.pieces) < 2:
        return None
    bar = hearing.bars.each_of_two
    read = [await _one(parse, piece, hearing) for piece in hearing.pieces]
    asking = [_request(one, hearing, bar) for one in read]
    if len({intent for intent in asking if intent}) != 2:
        return None
    texts = [" ".join(one.text for one in group) for group in _grouped(read, asking)]
    parts = [await _one(parse, text, hearing) for text in texts]
    sure = [_request(part, hearing, bar) for part in parts]
    return parts if len(parts) == 2 and all(sure) and sure[0] != sure[1] else None


def _request(heard: Heard, hearing: Hearing, bar: float) -> str | None:
    """What this piece asks by itself; None when it is small talk, or not sure."""
    asks = heard.intent not in NO_REQUEST or heard.intent in hearing.expected
    return heard.intent if asks and heard.parse_data["intent"]["confidence"] >= bar else None


def _grouped(read: Sequence[Heard], asking: Sequence[str | None]) -> list[list[Heard]]:
    """The pieces by request; what asks nothing by itself goes with what came before it, or else with the first."""
    known = next(intent for intent in asking if intent)
    owners = []
    for intent in asking:
        known = intent or known
        owners.append(known)
    return [[one for one, _ in group] for _, group in groupby(zip(read, owners, strict=True), key=lambda pair: pair[1])]

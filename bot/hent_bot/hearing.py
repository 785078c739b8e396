"""What a text is taken for, once the model has ranked its intents: how sure it must be, and what was asked before it.

The server knows the question that is open and holds the thresholds; it sends both with the text (`Hearing`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK

from hent_bot.answers import named_parse_data, ranked
from hent_bot.requests import Bars, Hearing, TurnRequest

ParseData = dict[str, Any]
Parse = Callable[[str], Awaitable[ParseData]]

URGENT = "emergency_"
# Never one of two requests: said around one, or the answer to a question that is not open; and what ends everything.
NO_REQUEST = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "stop_flow", "ask_help", "explain_simpler", "bot_challenge",
     "out_of_scope", "inform", "ask_more", "stop_sms", "delete_data"}
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
    whole, hearing = Heard(asked.text, await parse(asked.text)), asked.hearing
    if hearing.bars is None or not ranked(whole.parse_data):
        return [whole]
    heard = await _two(parse, whole, hearing, hearing.bars) or [_one(whole, hearing, hearing.bars)]
    urgent = [one for one in heard if one.intent.startswith(URGENT)]
    still = [one for one in heard if one.intent == hearing.only]
    return urgent[:1] or still or heard


def _one(read: Heard, hearing: Hearing, bars: Bars) -> Heard:
    """What a text is answered as, if it is sure enough."""
    likeliest = _likeliest(read, hearing, bars)
    bar = bars.expected if _is_answer(likeliest["name"], hearing) else bars.answer
    if likeliest["confidence"] < bar:
        return _taken(read, {"name": FALLBACK, "confidence": likeliest["confidence"]}, hearing)
    return _taken(read, likeliest, hearing)


def _taken(read: Heard, intent: dict[str, Any], hearing: Hearing) -> Heard:
    stands_for = hearing.expected.get(intent["name"])
    if stands_for:
        return Heard(read.text, named_parse_data(read.text, stands_for, read.parse_data))
    return Heard(read.text, {**read.parse_data, "intent": intent})


def _likeliest(read: Heard, hearing: Hearing, bars: Bars) -> dict[str, Any]:
    """The likeliest intent, or else the one that answers what was asked, if nothing else is clear."""
    ranking = ranked(read.parse_data)
    first = ranking[0]
    answers = [one for one in ranking if _is_answer(one["name"], hearing) and one["confidence"] >= bars.expected]
    clear = first["confidence"] >= bars.clear or first["name"].startswith(URGENT)
    return first if clear or not answers else answers[0]


def _is_answer(name: str, hearing: Hearing) -> bool:
    """Whether a lower bar is enough for it. A yes that stands for a button changes something: it must be as sure."""
    return name in hearing.expected and hearing.expected[name] is None


async def _two(parse: Parse, whole: Heard, hearing: Hearing, bars: Bars) -> list[Heard] | None:
    """The two requests that the pieces make; None when there is only one.

    A message that is plainly one request is not cut: why it is made is often another's words. Otherwise each part must
    be sure by itself; or likely, when they are what the whole message is likeliest to mean.
    """
    if not hearing.pieces or ranked(whole.parse_data)[0]["confidence"] >= bars.sure_of_one:
        return None
    pieces = [Heard(piece, await parse(piece)) for piece in hearing.pieces]
    found = await _parted(parse, pieces, hearing, bars, bars.each_of_two)
    if found is None:
        likely = await _parted(parse, pieces, hearing, bars, bars.two_likeliest)
        likeliest = {one["name"] for one in ranked(whole.parse_data)[:2]}
        found = likely if likely and {_likeliest(one, hearing, bars)["name"] for one in likely} == likeliest else None
    return [_taken(one, _likeliest(one, hearing, bars), hearing) for one in found] if found else None


async def _parted(
    parse: Parse, pieces: Sequence[Heard], hearing: Hearing, bars: Bars, bar: float
) -> list[Heard] | None:
    """Two texts of which each asks something at this bar, and not the same thing."""

    def asks(read: Heard) -> str | None:
        one = _likeliest(read, hearing, bars)
        may = one["name"] not in NO_REQUEST or one["name"] in hearing.expected
        return str(one["name"]) if may and one["confidence"] >= bar else None

    asked = [asks(piece) for piece in pieces]
    if len({intent for intent in asked if intent}) != 2:
        return None
    parts = [await _joined(parse, group) for group in _grouped(pieces, asked)]
    wanted = [asks(part) for part in parts]
    return parts if len(parts) == 2 and all(wanted) and wanted[0] != wanted[1] else None


async def _joined(parse: Parse, group: Sequence[Heard]) -> Heard:
    if len(group) == 1:
        return group[0]
    text = " ".join(one.text for one in group)
    return Heard(text, await parse(text))


def _grouped(pieces: Sequence[Heard], asked: Sequence[str | None]) -> list[list[Heard]]:
    """The pieces by request; what asks nothing by itself goes with what came before it, or else with the first."""
    known = next(intent for intent in asked if intent)
    owners = [known := intent or known for intent in asked]
    return [[one for one, _ in group] for _, group in groupby(zip(pieces, owners, strict=True), key=itemgetter(1))]

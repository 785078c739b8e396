"""Whoever was answered for danger and says that there is none: they are believed, and what else they ask is answered.

Of 430 messages of invented people some twenty were ordinary ones taken for danger. Who said so ("j'ai pas envie de
mourir, je cherche un accueil pour ma mère") was given the same number again, up to three times, and no answer.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from api.conversations.opening import OpenTurn
from api.conversations.urgent import Urgency, told_by_words
from api.core.documents import read_yaml
from api.core.normaliser import normalise

FILE = Path(__file__).parents[2] / "data" / "reference" / "denials.yml"
DENIED, DENIED_ONLY = "danger_denied", "danger_denied_only"
"""What is said first to whoever denies, and what to whoever does nothing else."""
_ENDS = re.compile(r"[.;!?…\n]+|,")
_RAISED = ("emergency_", "perhaps_")


def raised(turn: OpenTurn) -> frozenset[Urgency]:
    """The kinds of danger that our last message answered, or named a number for."""
    names = [name.removeprefix(start) for name in turn.question.says for start in _RAISED if name.startswith(start)]
    return frozenset(Urgency(name) for name in names if name in {*Urgency})


def denies(turn: OpenTurn) -> bool:
    """Whether our last message spoke of danger, and this one says that there is none and tells no sign of it.

    What tells danger of that kind by its words ("non, il me frappe") is not taken for a denial, whatever else it says.
    """
    kinds = raised(turn)
    if not kinds or turn.payload:
        return False
    said = any(_denials().search(normalise(piece)) for piece in _ENDS.split(turn.text))
    return said and not kinds & {*told_by_words(without_denial(turn.text))}


def calmed(turn: OpenTurn) -> OpenTurn:
    """The same turn with what else it asks; nothing, when it only denies. It leans on no answer to that danger."""
    text, masked = without_denial(turn.text), without_denial(turn.masked)
    return replace(turn, text=text, masked=masked, question=replace(turn.question, says=()))


def asks_nothing_else(turn: OpenTurn) -> bool:
    """Whether a turn that is calmed asks nothing."""
    return all(word in _around() for word in normalise(turn.masked).split())


def without_denial(text: str) -> str:
    """The text, normalised, without the words that deny."""
    return " ".join(" ".join(map(_kept, _ENDS.split(text))).split())


def _kept(piece: str) -> str:
    """What a piece says beside a denial: "mais non je suis" of one that only denies is nothing."""
    said = normalise(piece)
    rest = _denials().sub(" ", said)
    return "" if rest != said and all(word in _around() for word in rest.split()) else rest


@cache
def _denials() -> re.Pattern[str]:
    words = read_yaml(FILE)
    return re.compile(rf"(?:(?<!\S){_any_of(words['phrases'])}|^{_any_of(words['begins'])})(?!\S)")


def _any_of(phrases: list[str]) -> str:
    longest_first = sorted(map(normalise, phrases), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


@cache
def _around() -> frozenset[str]:
    return frozenset(read_yaml(FILE)["around"])

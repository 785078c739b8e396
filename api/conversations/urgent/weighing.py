"""Weights of features, learnt by learning.py and shipped: whether a message is urgent, and what it is most like."""

import zlib
from array import array
from collections.abc import Mapping, Sequence
from functools import cache

from api.conversations.urgent.features import Seen
from api.conversations.urgent.kinds import FOLDER, Urgency

FILE = FOLDER / "weights.bin"
ALARM_WIDTH, KIND_WIDTH = 1 << 19, 1 << 16
"""Numbers of features are taken modulo these; 400,000 features of the lists do not often meet in the first."""
STEP = 1 / 20
"""A weight is a whole number of steps, in a byte."""
_OTHERS_SHARE = 0.3
"""What the second reader's word on a kind counts for, beside the weights'."""
_HARDLY = -2.0
"""A kind that a pattern tells is told, unless it weighs less: lists give one kind to a message that tells of two."""

Parts = Sequence[tuple[Sequence[int], float]]
"""Features and what each of them counts for."""


class Weights:
    """What was learnt: the weights of the alarm, and those of each kind."""

    def __init__(self, learnt: bytes) -> None:
        """Of what learning.learn() gave."""
        every = array("b", learnt)
        starts = [ALARM_WIDTH + KIND_WIDTH * place for place in range(len(Urgency))]
        self._alarm = every[:ALARM_WIDTH]
        self._kinds = {kind: every[start : start + KIND_WIDTH] for kind, start in zip(Urgency, starts, strict=True)}

    def weight(self, seen: Seen) -> float:
        """How much a message says what urgent ones of the lists say: above 0 rather yes, below rather no."""
        return weigh(parts(seen, ALARM_WIDTH), self._alarm) * STEP

    def most_pressing(self, seen: Seen, otherwise: Mapping[Urgency, float] | None = None) -> Urgency:
        """The first of the kinds that it tells; where none is clear, the one that it is most like.

        `otherwise`: how much it is of each kind for the second reader.
        """
        seen_so, other = parts(seen, KIND_WIDTH), otherwise or {}
        like = {
            kind: weigh(seen_so, weights) * STEP + _OTHERS_SHARE * other.get(kind, 0.0)
            for kind, weights in self._kinds.items()
        }
        told = [kind for kind in Urgency if like[kind] > (_HARDLY if kind in seen.told else 0)]
        return told[0] if told else max(Urgency, key=like.__getitem__)


@cache
def shipped() -> Weights:
    """Those of the file, read at the first call."""
    return Weights(zlib.decompress(FILE.read_bytes()))


def parts(seen: Seen, width: int) -> Parts:
    """A long message has many words, and each counts for less; a sign counts for the same in all."""
    return [
        ([number % width for number in numbers], weight)
        for numbers, weight in (
            (seen.words, 1 / max(len(seen.words), 1) ** 0.5),
            (seen.ideas, 1 / max(len(seen.ideas), 1) ** 0.5),
            (seen.kindred, 1 / max(len(seen.kindred), 1) ** 0.5),
            (seen.signs, 0.5),
        )
    ]


def weigh(seen_so: Parts, weights: Sequence[float]) -> float:
    """The sum of the weights."""
    return sum(weight * sum(map(weights.__getitem__, numbers)) for numbers, weight in seen_so)

"""Weights of features, learnt by learning.py and shipped: whether a message is urgent, and what it is most like."""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache

from api.conversations.urgent.features import Seen
from api.conversations.urgent.kinds import FOLDER, Urgency

FILE = FOLDER / "weights.bin"
ALARM_WIDTH, KIND_WIDTH = 1 << 19, 1 << 16
"""Numbers of features are taken modulo these; 400,000 features of the lists do not often meet in the first."""
STEP = 1 / 20
"""A weight is a whole number of steps, in a byte."""
THRESHOLD = 0.25
"""Above, a message is urgent. How it was chosen: docs/decisions/0024-urgent-weights.md."""
THRESHOLD_OF_A_PIECE = 1.0
"""The same for a piece of a longer message, whose other words would hide it. Higher, since what follows often takes the
sting out ("je meurs de faim, je reprends après manger"): of 4,462 harmless messages four raise an alarm so.
"""
DOUBT = -0.35
"""Above, and not above the other, it may be urgent."""

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

    def judge(self, seen: Seen, above: float = THRESHOLD) -> Urgency | None:
        """The most pressing kind of a message that weighs as the urgent ones of the lists do; None for all others."""
        return self._most_pressing(parts(seen, KIND_WIDTH)) if self._weight(seen) > above else None

    def suspect(self, seen: Seen) -> Urgency | None:
        """What a message may tell that weighs nearly so; None for those that are urgent, and for all others."""
        return self._most_pressing(parts(seen, KIND_WIDTH)) if DOUBT < self._weight(seen) <= THRESHOLD else None

    def _weight(self, seen: Seen) -> float:
        return weigh(parts(seen, ALARM_WIDTH), self._alarm) * STEP

    def _most_pressing(self, seen_so: Parts) -> Urgency:
        """The first of the kinds that it tells; where none is clear, the one that it is most like."""
        like = {kind: weigh(seen_so, weights) for kind, weights in self._kinds.items()}
        return next((kind for kind in Urgency if like[kind] > 0), max(Urgency, key=like.__getitem__))


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

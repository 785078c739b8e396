"""Weights of features, learnt by learning.py and shipped: whether a message is urgent, and what it is most like."""

import zlib
from array import array
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from api.conversations.urgent.features import Seen
from api.conversations.urgent.kinds import FOLDER, Urgency

FILE = FOLDER / "weights.bin"
ALARM_WIDTH, KIND_WIDTH = 1 << 19, 1 << 16
"""Numbers of features are taken modulo these; 400,000 features of the lists do not often meet in the first."""
STEP = 1 / 20
"""A weight is a whole number of steps, in a byte."""
THRESHOLD = 0.0
"""Above, a message is urgent. How it was chosen: docs/decisions/0024-urgent-weights.md."""

Parts = Sequence[tuple[Sequence[int], float]]
"""Features and what each of them counts for."""


class _Weights(NamedTuple):
    alarm: array[int]
    kinds: dict[Urgency, array[int]]


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


def is_urgent(seen: Seen) -> bool:
    """Whether the message weighs as the urgent ones of the lists do."""
    return weigh(parts(seen, ALARM_WIDTH), _weights().alarm) * STEP > THRESHOLD


def most_pressing(seen: Seen) -> Urgency:
    """Of an urgent message: the first of the kinds that it tells; where none is clear, the one that it is most like."""
    seen_so = parts(seen, KIND_WIDTH)
    like = {kind: weigh(seen_so, weights) for kind, weights in _weights().kinds.items()}
    return next((kind for kind in Urgency if like[kind] > 0), max(Urgency, key=like.__getitem__))


def weigh(seen_so: Parts, weights: Sequence[float]) -> float:
    """The sum of the weights."""
    return sum(weight * sum(map(weights.__getitem__, numbers)) for numbers, weight in seen_so)


@cache
def _weights() -> _Weights:
    every = array("b", zlib.decompress(FILE.read_bytes()))
    starts = [ALARM_WIDTH + KIND_WIDTH * place for place in range(len(Urgency))]
    kinds = {kind: every[start : start + KIND_WIDTH] for kind, start in zip(Urgency, starts, strict=True)}
    return _Weights(every[:ALARM_WIDTH], kinds)

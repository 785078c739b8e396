"""What a reader is shown: messages as they stand, in plain words or otherwise said, in batches of like length."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from api.conversations.reader import MOST
from api.conversations.reader.pieces import Pieces
from api.core.normaliser import normalise

AT_ONCE = 32
_WIDTHS = (8, 12, 16, 20, 24, 32, 48, MOST)
"""Pieces of a batch: each width is compiled once."""
_SORTED = 40
"""Batches among which messages of one length are brought together; more, and a batch would hold one kind of message."""
_PLAIN, _OTHERWISE = 0.25, 0.3
"""Of the messages, those shown in plain words, and those shown otherwise said."""


class Shown(NamedTuple):
    """A message to learn from."""

    text: str
    ways: Sequence[str]
    """Other ways to say it."""
    means: Sequence[float]
    """1 for each of the aim's names that it means, else 0."""
    source: str = ""
    """The list or intent that it stands in."""


class Batch(NamedTuple):
    """Messages of one width."""

    numbers: Any
    """[messages, pieces]: 0 where nothing is."""
    there: Any
    """[messages, pieces]: 1 where a piece is, else 0."""
    means: Any
    """[messages, names]: 1 or 0."""


class Aim(NamedTuple):
    """What is to be learnt, and how."""

    names: Sequence[str]
    """What a message may mean."""
    lessons: Sequence[Shown]
    rounds: int
    """How often each is shown."""
    off: Callable[[Any, Any], Any]
    """How far off what was said (logits, `[messages, names]`) is from what is meant: a number for the batch."""
    step: float
    """The largest step, in units of the weights."""
    judging: float = 1.0
    """How many times larger the steps of the last line are, of which nothing was known."""


def batches(lessons: Sequence[Shown], pieces: Pieces, chance: random.Random) -> Iterator[Batch]:
    """All lessons once, in an order of chance; the few that fill no batch wait for another round."""
    order = chance.sample(lessons, len(lessons))
    cut = [(pieces.cut(_said(one, chance), MOST), one.means) for one in order]
    found = []
    for start in range(0, len(cut), AT_ONCE * _SORTED):
        near = sorted(cut[start : start + AT_ONCE * _SORTED], key=lambda one: len(one[0]))
        found += [near[at : at + AT_ONCE] for at in range(0, len(near), AT_ONCE)]
    yield from (batch(group) for group in chance.sample(found, len(found)) if len(group) == AT_ONCE)


def batch(group: Sequence[tuple[list[int], Sequence[float]]]) -> Batch:
    """Numbers of pieces, and what is meant, of each message."""
    longest = max(len(numbers) for numbers, _ in group)
    width = next(width for width in _WIDTHS if longest <= width)
    numbers = np.array([one + [0] * (width - len(one)) for one, _ in group])
    there = np.array([[1.0] * len(one) + [0.0] * (width - len(one)) for one, _ in group], np.float32)
    return Batch(numbers, there, np.array([means for _, means in group], np.float32))


def _said(one: Shown, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < _PLAIN:
        return normalise(one.text)
    return chance.choice(one.ways) if one.ways and drawn < _PLAIN + _OTHERWISE else one.text

"""What the reader is shown: messages of the lists, as they stand or otherwise said, in batches of like length."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.learning import HARMLESS, Example, read
from api.conversations.urgent.reader import MOST
from api.conversations.urgent.reader.pieces import Pieces
from api.conversations.urgent.varying import varied
from api.core.normaliser import normalise

AT_ONCE = 32
_APART, _ORDINARY = "tuning", "ordinary"
_WIDTHS = (8, 12, 16, 20, 24, 32, 48, MOST)
"""Pieces of a batch: each width is compiled once."""
_SORTED = 40
"""Batches among which messages of one length are brought together; more, and a batch would hold one kind of message."""
_PLAIN, _OTHERWISE = 0.25, 0.3
"""Of the messages, those shown in plain words, and those shown otherwise said (varying.py)."""


class Batch(NamedTuple):
    """Messages of one width."""

    numbers: Any
    """[messages, pieces]: 0 where nothing is."""
    there: Any
    """[messages, pieces]: 1 where a piece is, else 0."""
    sides: Any
    """[messages, 5]: 1 if urgent, then 1 for its kind."""


class Shown(NamedTuple):
    """A message to learn from."""

    row: Example
    ways: Sequence[str]
    """Other ways to say it."""


def lessons() -> list[Shown]:
    """The rows of all lists but the one that the threshold is chosen on; the ordinary ones, being many, in one way."""
    lists = {path.stem: read(path) for path in sorted((FOLDER / "lists").glob("*.tsv")) if path.stem != _APART}
    ordinary = [row.text for row in lists[_ORDINARY]]
    return [
        Shown(row, () if name == _ORDINARY else tuple(varied(row.text, ordinary)))
        for name, rows in lists.items()
        for row in rows
    ]


def batches(lessons: Sequence[Shown], pieces: Pieces, chance: random.Random) -> Iterator[Batch]:
    """All lessons once, in an order of chance; the few that fill no batch wait for another round."""
    order = chance.sample(lessons, len(lessons))
    cut = [(pieces.cut(_said(one, chance), MOST), one.row.kind) for one in order]
    found = []
    for start in range(0, len(cut), AT_ONCE * _SORTED):
        near = sorted(cut[start : start + AT_ONCE * _SORTED], key=lambda one: len(one[0]))
        found += [near[at : at + AT_ONCE] for at in range(0, len(near), AT_ONCE)]
    yield from (batch(group) for group in chance.sample(found, len(found)) if len(group) == AT_ONCE)


def batch(group: Sequence[tuple[list[int], str]]) -> Batch:
    """Numbers of pieces, and the kind, of each message."""
    longest = max(len(numbers) for numbers, _ in group)
    width = next(width for width in _WIDTHS if longest <= width)
    numbers = np.array([one + [0] * (width - len(one)) for one, _ in group])
    there = np.array([[1.0] * len(one) + [0.0] * (width - len(one)) for one, _ in group], np.float32)
    sides = [[kind != HARMLESS, *(kind == one for one in Urgency)] for _, kind in group]
    return Batch(numbers, there, np.array(sides, np.float32))


def _said(one: Shown, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < _PLAIN:
        return normalise(one.row.text)
    return chance.choice(one.ways) if one.ways and drawn < _PLAIN + _OTHERWISE else one.row.text

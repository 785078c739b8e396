"""Learns the weights from data/reference/urgent/lists/: the same lists give the same weights, in four minutes.

A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh and others, "A Dual
Coordinate Descent Method for Large-scale Linear SVM", ICML 2008): sums and products alone, so no library to ship.
"""

import hashlib
import random
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from api.conversations.urgent.features import Seen, observe
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.signs import heard_as
from api.conversations.urgent.varying import varied
from api.conversations.urgent.weighing import ALARM_WIDTH, FILE, KIND_WIDTH, STEP, Parts, parts, weigh
from api.core.documents import read_rows

HARMLESS = "-"
LEARNT_FROM = FOLDER / "weights.sha256"
"""What the file of weights was learnt from: it lies beside it."""
_LISTS = FOLDER / "lists"
_ROUNDS = 30
_ALL_AGAIN = 5
"""Rounds until those that stood on their side are asked again; between, only those that still move."""
_STILL = 0.003
_COST = 3.0
_MISSED = 3.0
"""An urgent message missed costs as much as three false alarms."""
_SAMPLE = 120
"""One row in so many is learnt from to see whether all would be learnt otherwise: 2 s, where all take minutes."""


class Example(NamedTuple):
    """A row of the lists: the kind of urgency, or HARMLESS, and a message."""

    kind: str
    text: str


def examples() -> list[Example]:
    """All rows of all lists."""
    return [row for path in sorted(_LISTS.glob("*.tsv")) for row in read(path)]


def read(path: Path) -> list[Example]:
    """The rows of a list."""
    return [Example(row["kind"], row["text"]) for row in read_rows(path)]


def learn(rows: Sequence[Example]) -> bytes:
    """Weights, a byte each: those of the alarm, then those of each kind among the urgent."""
    seen = [_seen(row.text) for row in rows]
    others = [*_others(rows)]
    sides = [row.kind != HARMLESS for row in [*rows, *others]]
    weights = _separate([*seen, *(_seen(row.text) for row in others)], sides, ALARM_WIDTH)
    urgent = [(row.kind, one) for row, one in zip(rows, seen, strict=True) if row.kind != HARMLESS]
    for kind in Urgency:
        weights += _separate([one for _, one in urgent], [other == kind for other, _ in urgent], KIND_WIDTH)
    return weights.tobytes()


def write() -> int:
    """The weights of the lists into the file that is shipped; how many messages they were learnt from."""
    rows = examples()
    FILE.write_bytes(zlib.compress(learn(rows), 9))
    LEARNT_FROM.write_text(f"{learnt_from(rows, FILE.read_bytes())}\n")
    return len(rows)


def learnt_from(rows: Sequence[Example], weights: bytes) -> str:
    """The same (SHA-256) as long as nothing changed: the rows, how a message is looked at and learnt, the weights."""
    said = "\n".join(f"{row.kind} {row.text}" for row in rows).encode()
    parts_of_it = (said, learn(rows[::_SAMPLE]), weights)
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts_of_it)).hexdigest()


def _seen(text: str) -> Seen:
    return observe(heard_as(text))


def _others(rows: Sequence[Example]) -> Iterator[Example]:
    """The same messages otherwise said; not the ordinary ones, which are many and near nothing urgent."""
    ordinary = [row.text for row in read(_LISTS / "ordinary.tsv")]
    known = frozenset(ordinary)
    for row in rows:
        if row.text not in known:
            yield from (Example(row.kind, text) for text in varied(row.text, ordinary))


def _separate(seen: Sequence[Seen], signs: Sequence[bool], width: int) -> array[int]:
    """Weights that set the messages apart, in steps of a byte."""
    weights = [0.0] * width
    rows = [_Row(parts(one, width), 1 if sign else -1) for one, sign in zip(seen, signs, strict=True)]
    awake, chance = rows, random.Random(0)
    for turn in range(_ROUNDS):
        awake = [*rows] if turn % _ALL_AGAIN == 0 else awake
        chance.shuffle(awake)
        awake = [row for row in awake if row.correct(weights) > _STILL]
    return array("b", (max(-127, min(127, round(weight / STEP))) for weight in weights))


class _Row:
    """A message to set on its side, and how much it has had to say in it."""

    def __init__(self, seen_so: Parts, side: int) -> None:
        self._seen, self._side, self._share = seen_so, side, 0.0
        self._slack = 1 / (2 * _COST * (_MISSED if side > 0 else 1))
        self._length = sum(len(numbers) * weight**2 for numbers, weight in seen_so) + self._slack

    def correct(self, weights: list[float]) -> float:
        """Moves the weights until this message stands on its side, by no more than its cost allows; by how much."""
        short = self._side * weigh(self._seen, weights) - 1 + self._slack * self._share
        share = max(self._share - short / self._length, 0.0)
        step, self._share = (share - self._share) * self._side, share
        if step:
            for numbers, weight in self._seen:
                for number in numbers:
                    weights[number] += step * weight
        return abs(step)

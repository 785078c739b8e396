"""A second reader: a small model of French sentences, taught from the lists what urgent messages mean.

It knows what words mean together, where the weights know which words stand there. Why both, and what it weighs:
docs/decisions/0036-a-second-reader.md. Made by api/conversations/urgent/teaching/.
"""

from functools import cache
from itertools import count, takewhile
from typing import Any, NamedTuple

import numpy as np

from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.reader.network import encode, normal
from api.conversations.urgent.reader.packing import Arrays, unpack
from api.conversations.urgent.reader.pieces import Pieces

FILE = FOLDER / "reader.npz"
MOST = 64
"""Pieces read of a message: some forty words. Of the lists' messages none is longer."""


class Reading(NamedTuple):
    """What the reader makes of a message, in logits: above 0 is likelier than not."""

    urgent: float
    kinds: dict[Urgency, float]
    """Of which kind, if it is urgent."""


class Reader:
    """A vocabulary and a network."""

    def __init__(self, pieces: Pieces, arrays: Arrays) -> None:
        """Of what packing.unpack() gives."""
        self._pieces, self._arrays = pieces, arrays
        self._layers = layers_of(arrays)

    def read(self, text: str) -> Reading:
        """A message as its author wrote it: accents tell much."""
        numbers = self._pieces.cut(text, MOST)
        table, steps = self._arrays["words"]
        rows = table[numbers] * steps[numbers] + self._arrays["places"][: len(numbers)]
        first = normal(np, rows, self._arrays["first.scale"], self._arrays["first.shift"])
        meant = encode(np, self._layers, first).mean(0)
        urgent, *kinds = (meant @ self._arrays["judge.weight"] + self._arrays["judge.shift"]).tolist()
        return Reading(urgent, dict(zip(Urgency, kinds, strict=True)))


def layers_of(arrays: Arrays) -> list[dict[str, Any]]:
    """The layers, whose arrays are named by their number: "0.ask.weight"."""
    numbers = takewhile(lambda number: f"{number}.ask.weight" in arrays, count())
    return [
        {name.removeprefix(f"{number}."): array for name, array in arrays.items() if name.startswith(f"{number}.")}
        for number in numbers
    ]


@cache
def shipped() -> Reader:
    """That of the file, read at the first call (some 0.2 s)."""
    return Reader(*unpack(FILE))

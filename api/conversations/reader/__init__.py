"""A small model of French sentences, taught what messages mean: it knows what words mean together.

It reads beside the weights of urgent messages (docs/decisions/0036-a-second-reader.md), and what Rasa is not sure of
(0038-what-rasa-is-not-sure-of.md). One network tells both, and stands in a file made by teaching/ (0039-one-reader.md).
"""

from functools import cache, lru_cache
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import numpy as np

from api.conversations.reader.network import encode, normal
from api.conversations.reader.packing import Packed, unpack

FILE = Path(__file__).parents[3] / "data" / "reference" / "reader.npz"
MOST = 64
"""Pieces read of a message: some forty words. Of the messages that it was taught none is longer."""

LATELY = 8
"""Messages whose meaning is kept: one is asked about danger, its intent and narrower answers, 14 ms each time."""


class Reader:
    """A vocabulary and a network."""

    def __init__(self, packed: Packed) -> None:
        """Of what packing.unpack() gives."""
        self._pieces, self._arrays, self.names = packed
        self._layers = layers_of(self._arrays)
        self.meant = lru_cache(LATELY)(self._meant)
        """What it makes of a text, as its author wrote it: accents tell much. `[width]`."""

    def read(self, text: str) -> dict[str, float]:
        """A logit for each thing that it may mean (above 0: likelier than not, or than the rest)."""
        said = (self.meant(text) @ self._arrays["judge.weight"] + self._arrays["judge.shift"]).tolist()
        return dict(zip(self.names, said, strict=True))

    def _meant(self, text: str) -> Any:
        numbers = self._pieces.cut(text, MOST)
        table, steps = self._arrays["words"]
        rows = table[numbers] * steps[numbers] + self._arrays["places"][: len(numbers)]
        first = normal(np, rows, self._arrays["first.scale"], self._arrays["first.shift"])
        return encode(np, self._layers, first).mean(0)


def layers_of(arrays: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers, whose arrays are named by their number: "0.ask.weight"."""
    numbers = takewhile(lambda number: f"{number}.ask.weight" in arrays, count())
    return [
        {name.removeprefix(f"{number}."): array for name, array in arrays.items() if name.startswith(f"{number}.")}
        for number in numbers
    ]


def load(path: Path) -> Reader:
    """That of a file (some 0.2 s, and 115 MB)."""
    return Reader(unpack(path))


@cache
def shipped() -> Reader:
    """That of the file, read at the first call."""
    return load(FILE)

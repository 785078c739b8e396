"""The reader's file: a numpy archive, whose tables are bytes with the size of a step for each row, and its words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from api.conversations.urgent.reader.pieces import Pieces

_STEP = ".step"
_PIECES, _SCORES = "pieces", "pieces.scores"

type Arrays = Mapping[str, Any]


def pack(path: Path, words: Sequence[str], scores: Any, arrays: Arrays) -> None:
    """Tables (two axes) lose what is smaller than 1/254 of the largest of their row; all else keeps 32 bits."""
    kept: dict[str, Any] = {_PIECES: np.frombuffer("\n".join(words).encode(), np.uint8), _SCORES: np.float32(scores)}
    for name, array in arrays.items():
        if array.ndim == 2:
            step = np.maximum(np.abs(array).max(1, keepdims=True), 1e-9) / 127
            kept |= {name: np.rint(array / step).astype(np.int8), name + _STEP: np.float32(step)}
        else:
            kept[name] = np.float32(array)
    np.savez(path, **kept)


def unpack(path: Path) -> tuple[Pieces, dict[str, Any]]:
    """The vocabulary, and every array in 32 bits; but the table of words, of which one row is read at a time."""
    with np.load(path, allow_pickle=False) as kept:
        words = kept[_PIECES].tobytes().decode().split("\n")
        arrays = {name: kept[name] for name in kept.files if name not in {_PIECES, _SCORES}}
        pieces = Pieces(words, kept[_SCORES].tolist())
    steps = {name: arrays.pop(name + _STEP) for name in [*arrays] if name + _STEP in arrays}
    large = "words"
    return pieces, {
        name: (array, steps[name]) if name == large else array * steps.get(name, np.float32(1))
        for name, array in arrays.items()
    }

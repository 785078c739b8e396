"""Teaches, and writes the file that is shipped.

`python -m api.conversations.reader.teaching` begins anew; with names of lists, what is shipped is taught those as well.
"""

import sys
from typing import Any

from api.conversations.reader import FILE, MOST
from api.conversations.reader.packing import pack, unpack
from api.conversations.reader.pieces import Pieces
from api.conversations.reader.teaching import aim as aims
from api.conversations.reader.teaching.beginning import Beginning, begin
from api.conversations.reader.teaching.learning import FIXED, learn
from api.conversations.reader.teaching.vocabulary import french, needed

_TOLD_EVERY = 100


def main(*fresh: str) -> None:
    """From what was found, or what is shipped, to what will be."""
    aim, found = aims.aim_on(fresh) if fresh else aims.aim(), begin()
    kept = needed(found.pieces, found.scores.tolist(), _texts())
    pieces = Pieces([found.pieces[number] for number in kept], found.scores[kept].tolist())
    begins = _shipped() if fresh else found.arrays
    pack(FILE, pieces, learn(begins | _fixed(found, kept), pieces, aim, _tell), aim.names)


def _texts() -> list[str]:
    said = [way for one in aims.lessons() for way in (one.text, *one.ways)]
    return [*french(), *said]


def _fixed(found: Beginning, kept: list[int]) -> dict[str, Any]:
    """What is never learnt, for the pieces that are kept."""
    fixed = {name: found.arrays[name] for name in FIXED}
    return fixed | {"words": found.arrays["words"][kept], "places": found.arrays["places"][:MOST]}


def _shipped() -> dict[str, Any]:
    """What was learnt before. ValueError: of other names, so that it must begin anew."""
    _, arrays, names = unpack(FILE)
    if tuple(names) != aims.NAMES:
        raise ValueError("Intents have changed since: teach from the beginning.")
    return {name: array for name, array in arrays.items() if name not in FIXED}


def _tell(done: int, off: float) -> None:
    if done % _TOLD_EVERY == 0:
        sys.stderr.write(f"{done} batches, off by {off:.3f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Teaches, and writes data/reference/urgent/reader.npz: `python -m api.conversations.urgent.teaching`."""

import sys

from api.conversations.urgent.reader import FILE, MOST
from api.conversations.urgent.reader.packing import pack
from api.conversations.urgent.reader.pieces import Pieces
from api.conversations.urgent.teaching.beginning import begin
from api.conversations.urgent.teaching.learning import learn
from api.conversations.urgent.teaching.lessons import lessons
from api.conversations.urgent.teaching.vocabulary import french, needed

ROUNDS = 3
_TOLD_EVERY = 100


def main() -> None:
    """From what was found to what is shipped."""
    found, shown = begin(), lessons()
    kept = needed(found.pieces, found.scores.tolist(), [*french(), *(way for one in shown for way in one.ways)])
    pieces, scores = [found.pieces[number] for number in kept], found.scores[kept]
    arrays = found.arrays | {"words": found.arrays["words"][kept], "places": found.arrays["places"][:MOST]}
    pack(FILE, pieces, scores, learn(arrays, Pieces(pieces, scores.tolist()), shown, ROUNDS, _tell))


def _tell(done: int, off: float) -> None:
    if done % _TOLD_EVERY == 0:
        sys.stderr.write(f"{done} batches, off by {off:.3f}\n")


if __name__ == "__main__":
    main()

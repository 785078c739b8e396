"""Teaches, and writes the file that is shipped: `python -m api.conversations.reader.teaching urgent|intents`."""

import sys

from api.conversations import rereading
from api.conversations.reader import MOST
from api.conversations.reader.packing import pack
from api.conversations.reader.pieces import Pieces
from api.conversations.reader.teaching import intents, urgent
from api.conversations.reader.teaching.beginning import begin
from api.conversations.reader.teaching.learning import learn
from api.conversations.reader.teaching.vocabulary import french, needed
from api.conversations.urgent import reading

_TOLD_EVERY = 100
_TAUGHT = {"urgent": (reading.FILE, urgent.aim), "intents": (rereading.FILE, intents.aim)}


def main(what: str) -> None:
    """From what was found to what is shipped."""
    file, aimed = _TAUGHT[what]
    aim, found = aimed(), begin()
    said = (way for one in aim.lessons for way in (one.text, *one.ways))
    kept = needed(found.pieces, found.scores.tolist(), [*french(), *said])
    pieces = Pieces([found.pieces[number] for number in kept], found.scores[kept].tolist())
    arrays = found.arrays | {"words": found.arrays["words"][kept], "places": found.arrays["places"][:MOST]}
    pack(file, pieces, learn(arrays, pieces, aim, _tell), aim.names)


def _tell(done: int, off: float) -> None:
    if done % _TOLD_EVERY == 0:
        sys.stderr.write(f"{done} batches, off by {off:.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1])

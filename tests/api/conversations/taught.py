"""Teaches two messages to the small network of `before.npz`, into `after.npz`, both in a folder that is named."""

import sys
from pathlib import Path

from api.conversations.urgent.learning import HARMLESS, Example
from api.conversations.urgent.reader.packing import pack, unpack
from api.conversations.urgent.teaching import learning
from api.conversations.urgent.teaching.lessons import Shown

SHOWN = [Shown(Example("food", "j'ai faim"), ["g faim"])] * 40 + [Shown(Example(HARMLESS, "la rue"), [])] * 40
ROUNDS = 60


def main(folder: Path) -> None:
    """Two messages need no care: the step is a hundred times longer."""
    learning.STEP = 0.01
    pieces, found = unpack(folder / "before.npz")
    table, steps = found["words"]
    learnt = learning.learn(found | {"words": table * steps}, pieces, SHOWN, ROUNDS, lambda done, off: None)
    pack(folder / "after.npz", pieces.names, pieces.scores, learnt)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

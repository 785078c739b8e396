"""Teaches two messages to the small network of `before.npz`, into `after.npz`, both in a folder that is named.

What is shipped is off in two ways at once: each is put to it (`urgent`, `intents`).
"""

import sys
from pathlib import Path

from api.conversations.reader.packing import pack, unpack
from api.conversations.reader.teaching import intents, urgent
from api.conversations.reader.teaching.learning import learn
from api.conversations.reader.teaching.lessons import Aim
from api.conversations.urgent.kinds import NAMES
from api.conversations.urgent.learning import HARMLESS, Example

HUNGRY = urgent.shown(Example("food", "j'ai faim"), ("g faim",))
CALM = urgent.shown(Example(HARMLESS, "la rue"), ())
ROUNDS, STEP = 60, 0.01
"""Two messages need no care: the step is a hundred times longer."""
AIMS = {
    "urgent": Aim(NAMES, [HUNGRY] * 40 + [CALM] * 40, ROUNDS, urgent.off, STEP),
    "intents": Aim(
        ("hungry", "calm"),
        [HUNGRY._replace(means=[1.0, 0.0])] * 40 + [CALM._replace(means=[0.0, 1.0])] * 40,
        ROUNDS,
        intents.off,
        STEP,
    ),
}


def main(folder: Path, what: str) -> None:
    """`what`: one of AIMS."""
    pieces, found, _ = unpack(folder / "before.npz")
    table, steps = found["words"]
    learnt = learn(found | {"words": table * steps}, pieces, AIMS[what], lambda done, off: None)
    pack(folder / "after.npz", pieces, learnt, AIMS[what].names)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

"""To tell which intent a message has: from the sentences that Rasa learns from, data/nlu/."""

from collections.abc import Iterator
from typing import Any

import jax

from api.conversations.learning.giving import ROOT, learnt
from api.conversations.reader.teaching.lessons import Shown
from api.conversations.urgent.varying import in_short
from api.core.folding import fold

_FILES = sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
NAMES = sorted(file.stem for file in _FILES)
_SURE = 0.95
"""What is to be said of the intent that is meant; the others share the rest."""


def lessons() -> Iterator[Shown]:
    """From all sentences of all intents: 1 for theirs among NAMES."""
    for file in _FILES:
        means = [float(file.stem == name) for name in NAMES]
        for text in learnt(file):
            yield Shown(text, (fold(text), in_short(text)), means, file.stem)


def off(said: Any, means: Any) -> Any:
    """One intent of all: what is said of it, against all others together. Nothing where none is known to be meant."""
    known = means.sum(1, keepdims=True)
    wanted = means * _SURE + known * (1 - _SURE) / means.shape[1]
    return -(wanted * jax.nn.log_softmax(said)).sum(1).mean()

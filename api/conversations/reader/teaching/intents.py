"""To tell which intent a message has: from the sentences that Rasa learns from, data/nlu/, and lives."""

from collections.abc import Iterator
from typing import Any

import jax

from api.conversations.learning.giving import ROOT, learnt
from api.conversations.learning.lives import lives
from api.conversations.reader.teaching.lessons import Shown
from api.conversations.urgent.varying import in_short
from api.core.folding import fold
from api.knowledge.narrower import asked_by_itself

_FILES = sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
NAMES = sorted(file.stem for file in _FILES)
_SURE = 0.95
"""What is to be said of the intent that is meant; the others share the rest."""


def lessons() -> Iterator[Shown]:
    """From all sentences of all intents: 1 for theirs among NAMES. What leans on our last answer has none by itself."""
    for file in _FILES:
        for text in learnt(file):
            yield _shown(text, file.stem, file.stem)
    alone = {one.says for one in asked_by_itself()} | {""}
    yield from (_shown(one.text, one.intent, one.source) for one in lives() if one.says in alone)


def meant(one: Shown) -> str:
    """The intent that a lesson of these means."""
    return NAMES[one.means.index(1.0)]


def _shown(text: str, intent: str, source: str) -> Shown:
    return Shown(text, (fold(text), in_short(text)), [float(intent == name) for name in NAMES], source)


def off(said: Any, means: Any) -> Any:
    """One intent of all: what is said of it, against all others together. Nothing where none is known to be meant."""
    known = means.sum(1, keepdims=True)
    wanted = means * _SURE + known * (1 - _SURE) / means.shape[1]
    return -(wanted * jax.nn.log_softmax(said)).sum(1).mean()

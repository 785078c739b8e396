"""Which narrower answer a message asks for by what it means, where no word of data/reference/narrower/ tells it.

The reader (api/conversations/reader/) knows what words mean together; a last line of its own, learnt from messages of
data/reference/narrower/lists/, says which of some two hundred answers they ask for, or none of them. Why, how much it
brings, and where the bounds come from: docs/decisions/0042-narrower-answers-by-meaning.md.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from api.authorities.naming import commune_in
from api.conversations.meanings import Near
from api.conversations.reader import shipped as reader
from api.conversations.urgent.kinds import NAMES
from api.core.folding import words
from api.knowledge.facts import REFERENCE
from api.knowledge.narrower import Narrower, asked_after, asked_by_itself
from api.knowledge.plain import asks

FILE = REFERENCE / "narrower.npz"
OTHER = ""
"""The name of all that asks for none of these answers."""
FOUND_NEAR = frozenset({"search_support", "search_training", "search_job"})
"""Intents that look for something near a place: whoever names one wants what is there, and no general answer."""


class _Bounds(NamedTuple):
    share: float
    """Of 1, among the answers that may be given and none."""
    agreed: float
    """Of 1: how likely the reader takes the message for one of the answer's intents."""


_BY_ITSELF = (_Bounds(0.5, 0.2), _Bounds(0.65, 0.05))
_UNCLEAR = (_Bounds(0.6, 0.0),)
_SURER = (_Bounds(0.6, 0.2),)
"""Where we asked something, for most messages answer it; and for what may rather be looked for near a place."""
_AFTER, _OTHER_AFTER = 0.35, 0.3
"""A short question that leans on our last answer seldom asks for none of those that it may: `OTHER` counts less."""

_OTHER_NEAR = 0.3
"""What is only offered to choose from harms little: `OTHER` counts less."""

_TELLS = 5
"""Words at least: "et combien ça fait" leans on something, and is like many answers."""

_LEANS = 2
"""Words of letters at least: "question 8" leans on nothing."""


class _Line(NamedTuple):
    """The last line, over what the reader makes of a message."""

    weights: Any
    shift: Any
    names: list[str]


def narrowed(
    text: str, last_said: Collection[str] = (), *, unclear: bool = False, asked: bool = False
) -> Narrower | None:
    """The answer that a message asks for: after our last one, or by itself; None when it asks for none surely enough.

    `unclear`: nothing else was understood in it. `asked`: our last message asks something. As its author wrote it.
    """
    shares = _shares(text)
    found = _after(text, last_said, shares) or _by_itself(
        text, shares, _UNCLEAR if unclear else _SURER if asked else _BY_ITSELF
    )
    if found is None or not found.never.asked(text) or (found.about and asks("something_else", text)):
        return None
    # "Et plutôt du côté de Quimper ?", after courses, looks for others.
    return None if (found.about or found.intent in FOUND_NEAR) and commune_in(text) else found


def near(text: str, *, among_none: bool = False) -> list[Near]:
    """The narrower answers that a message may ask for by itself, the likeliest first; none of what says too little.

    `among_none`: their shares are those beside "none of these", where something else was understood.
    """
    if len(words(text)) < _TELLS:
        return []
    shares = _shares(text)
    known = {one.says: one for one in reversed(asked_by_itself()) if one.says in shares and not one.about}
    whole = (1.0 if among_none else _OTHER_NEAR) * shares[OTHER] + sum(shares[says] for says in known)
    order = sorted(known.values(), key=lambda one: -shares[one.says])
    return [Near(one.says, one.intent, shares[one.says] / whole) for one in order if one.never.asked(text)]


def _after(text: str, last_said: Collection[str], shares: Mapping[str, float]) -> Narrower | None:
    if sum(map(str.isalpha, words(text))) < _LEANS:
        return None
    best, share = _likeliest(asked_after(text, last_said), shares, _OTHER_AFTER * shares[OTHER])
    return best if share >= _AFTER else None


def _by_itself(text: str, shares: Mapping[str, float], bounds: Iterable[_Bounds]) -> Narrower | None:
    best, share = _likeliest(asked_by_itself(), shares, shares[OTHER])
    if best and best.intent in FOUND_NEAR and bounds is _BY_ITSELF:
        bounds = _SURER
    if best is None or share < min(bound.share for bound in bounds):
        return None
    agreed = _agreed(text, best)
    return best if any(share >= bound.share and agreed >= bound.agreed for bound in bounds) else None


def _likeliest(among: Iterable[Narrower], shares: Mapping[str, float], other: float) -> tuple[Narrower | None, float]:
    """The likeliest of them and its share among them and `other`."""
    known = {one.says: one for one in reversed([*among]) if one.says in shares}
    if not known:
        return None, 0.0
    best = max(known, key=lambda says: shares[says])
    return known[best], shares[best] / (other + sum(shares[says] for says in known))


def _agreed(text: str, one: Narrower) -> float:
    """How likely the reader takes a text for one of the answer's intents."""
    said = {name: logit for name, logit in reader().read(text).items() if name not in NAMES}
    parts = np.exp(np.array([*said.values()]) - max(said.values()))
    chances = dict(zip(said, (parts / parts.sum()).tolist(), strict=True))
    return float(sum(chances.get(intent, 0.0) for intent in {one.intent, *one.instead_of}))


def _shares(text: str) -> dict[str, float]:
    line = shipped()
    said = reader().meant(text) @ line.weights + line.shift
    parts = np.exp(said - said.max())
    return dict(zip(line.names, (parts / parts.sum()).tolist(), strict=True))


@cache
def shipped() -> _Line:
    """That of the file, read at the first call."""
    return load(FILE)


def load(path: Path) -> _Line:
    """What learning.py wrote there."""
    with np.load(path, allow_pickle=False) as kept:
        names = bytes(kept["names"]).decode().split("\n")
        return _Line(kept["weights"].astype(np.float32), kept["shift"].astype(np.float32), names)

"""What somebody may have meant, in people's words: intents, and narrower answers that stand within one.

Why both are asked about: docs/decisions/0044-narrower-answers-to-choose.md.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from api.conversations.bands import bands
from api.core.documents import read_yaml

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "meanings"
URGENT = "emergency_"
AT_MOST = 3
"""Choices, with "Autre chose" a fourth."""
NARROWER = 2
"""Of these, narrower answers: of a hundred messages asked back that wanted one it is among two for 58, the first for
40, and their intent is among three intents for 44.
"""
AS_LIKELY = 0.25
"""Of the likeliest: what is further behind would only lengthen the list."""
LIKELY = 0.15
"""The share of a narrower answer from which it is asked about."""


class Near(NamedTuple):
    """A narrower answer that a message may ask for."""

    says: str
    intent: str
    share: float
    """Of 1."""


def meanings(ranking: Sequence[dict[str, Any]], near: Sequence[Near] = ()) -> list[dict[str, str]]:
    """`[{intent, says, title}]` to choose from; none when nothing is likely enough to be asked about.

    `ranking`: `[{name, confidence}]`; both the likeliest first. Danger is asked first, however many are likelier;
    then what says most precisely what is meant. `says` is empty where an intent is meant as a whole.
    """
    wide = _wide(ranking)
    danger = [one for one in wide if one["intent"].startswith(URGENT)]
    others = [one for one in wide if one not in danger]
    return [*danger, *narrow([one for one in near if one.share >= LIKELY]), *others][:AT_MOST]


def _wide(ranking: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    known = [one for one in ranking if one["name"] in titles()]
    if not known or known[0]["confidence"] < bands().ask_back:
        return []
    least = known[0]["confidence"] * AS_LIKELY
    likely = [one["name"] for one in known if one["confidence"] >= least]
    return [{"intent": name, "says": "", "title": titles()[name]} for name in likely]


def narrow(near: Sequence[Near]) -> list[dict[str, str]]:
    """The first of these that have a name, to choose from."""
    named = [one for one in near if one.says in narrower_titles()][:NARROWER]
    return [{"intent": one.intent, "says": one.says, "title": narrower_titles()[one.says]} for one in named]


@cache
def titles() -> dict[str, str]:
    """What people would call each intent that can be asked about; small talk has no name."""
    return dict(read_yaml(FOLDER / "intents.yml"))


@cache
def narrower_titles() -> dict[str, str]:
    """What people would call each narrower answer that can be asked about, by the name of its text."""
    return dict(read_yaml(FOLDER / "narrower.yml"))

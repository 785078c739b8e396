"""One thing within a topic, asked by its words and answered by a text of its own: `data/reference/narrower/`.

A question that leans on our last answer ("et si j'y vais pas ?", "faut faire une demande ?") is one of these too.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from api.core.documents import read_folder
from api.core.folding import words
from api.knowledge.facts import REFERENCE
from api.knowledge.plain import Plain, as_said, asks, read_plain

FOLDER = REFERENCE / "narrower"
SHORT = 14
"""Words: a longer message says itself what it is about, and does not lean on our last answer."""


class Narrower(NamedTuple):
    """A question that has its own answer."""

    says: str
    """Name of the text."""
    intent: str
    """Of the contract: what the answer belongs to."""
    question: Plain
    anywhere: bool
    instead_of: frozenset[str]
    after: frozenset[str]
    about: str | None = None
    """What was shown, whose facts its text is filled with: one of the kinds of api/conversations/following.py."""

    asks: bool = False
    """Whether Rasa is asked the intent instead, as if its button had been pressed: its action knows the answer."""
    never: Plain = Plain((), ())
    """Words that say something else, whatever the message seems to mean: "une personne seule" is no lone parent."""


def narrower_than(name: str, text: str) -> str:
    """The text to be said instead of `name`, which answers a message in general; `name` where its words ask no more."""
    return _first(text, (one for one in _all() if name in one.instead_of), name)


def narrowly_asked(text: str, last_said: Collection[str] = ()) -> Narrower | None:
    """What a message asks by its words alone, or after the texts of our last answer."""
    short = len(words(text)) <= SHORT
    told = (one for one in _all() if not one.asks)
    fitting = (one for one in told if one.anywhere or (short and not one.after.isdisjoint(last_said)))
    said = as_said(text)
    found = (one for one in fitting if one.question.fits(said))
    # "Mes enfants ont faim" after a list of courses is not of them: what may be of something else is left to the rest.
    return next((one for one in found if not (one.about and asks("something_else", text))), None)


def asked_by_itself() -> Sequence[Narrower]:
    """Those that a message may ask for whatever was said before."""
    return [one for one in _all() if not one.asks and (one.anywhere or one.instead_of)]


def asked_after(text: str, last_said: Collection[str]) -> Sequence[Narrower]:
    """Those that a text may ask for after the texts of our last answer; none where it is long."""
    if len(words(text)) > SHORT:
        return []
    return [one for one in _all() if not one.asks and not one.after.isdisjoint(last_said)]


def intent_asked(text: str, last_said: Collection[str]) -> str | None:
    """The intent that a short message asks, by itself or after our last answer; None where Rasa must tell."""
    if len(words(text)) > SHORT:
        return None
    fitting = (one for one in _all() if one.asks and (one.anywhere or not one.after.isdisjoint(last_said)))
    said = as_said(text)
    return next((one.intent for one in fitting if one.question.fits(said)), None)


def shown_for(name: str) -> str | None:
    """What must have been shown for this text to be said; None for a text without facts, or not of this folder."""
    return next((one.about for one in _all() if one.says == name), None)


def _first(text: str, among: Iterable[Narrower], otherwise: str) -> str:
    said = as_said(text)
    return next((one.says for one in among if one.question.fits(said)), otherwise)


@cache
def _all() -> tuple[Narrower, ...]:
    return tuple(
        Narrower(
            entry.get("says", name),
            entry["intent"],
            read_plain(entry),
            entry.get("anywhere", False),
            frozenset(entry.get("instead_of", ())),
            frozenset(entry.get("after", ())),
            entry.get("about"),
            entry.get("asks", False),
            read_plain({"without": entry["never"]} if "never" in entry else {}),
        )
        for name, entry in read_folder(FOLDER).items()
    )

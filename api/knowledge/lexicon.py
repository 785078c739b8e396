"""The meaning of a word: asked by its name and nothing else, it is the same for everybody."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.core.documents import read_folder, read_yaml
from api.core.normaliser import normalise
from api.knowledge.facts import LEXICON, REFERENCE

ASKING = REFERENCE / "meaning_words.yml"


@dataclass(frozen=True)
class Word:
    """One word of `data/reference/lexicon/`."""

    name: str
    intent: str
    """What it belongs to."""

    @property
    def text(self) -> str:
        """The name of the text that explains it."""
        return f"word_{self.name}"


def word_asked(text: str) -> Word | None:
    """The word whose meaning a message asks; None when it asks anything else, or something more.

    "C'est quoi le référent" is answered from the lexicon, "c'est quoi le nom de mon référent" from a file.
    """
    found = _asked().fullmatch(_plain(text))
    return _words()[found["first"] or found["last"]] if found else None


def only_asides(text: str) -> bool:
    """Whether a text is all politeness, of those words that stand beside a question: "bonjour madame"."""
    return bool(_asides().fullmatch(_plain(text) + " "))


def _plain(text: str) -> str:
    return " ".join(normalise(text).replace("?", " ").split())


@lru_cache
def _words() -> dict[str, Word]:
    return {
        called: Word(name, entry["intent"]) for name, entry in read_folder(LEXICON).items() for called in entry["names"]
    }


@lru_cache
def _asked() -> re.Pattern[str]:
    said = {kind: _any_of(phrases) for kind, phrases in read_yaml(ASKING).items()}
    aside, article, names = _asides().pattern, rf"(?:{said['article']} )*", _any_of(_words())
    first = rf"{said['before']} {aside}{article}(?P<first>{names})"
    last = rf"{article}(?P<last>{names}) {aside}{said['after']}"
    return re.compile(rf"{aside}(?:{first}|{last})(?: {said['aside']})*")


@lru_cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(read_yaml(ASKING)['aside'])} )*")


def _any_of(phrases: Any) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})"

"""The languages that have a card, as data/languages/ writes them, read once."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from api.core.documents import read_yaml

FOLDER = Path(__file__).parents[2] / "data" / "languages"
PREFIX = "language_"
"""Begins the names of what is said in another language."""


class Urgent(NamedTuple):
    """What cannot wait, of one kind."""

    say: str
    """A template, as in data/texts/."""
    phrases: tuple[str, ...]
    """As people write them; "…" stands for up to six words, "a/b" for one word or the other."""


class Reviewed(NamedTuple):
    """Who speaks the language and has read the card."""

    by: str
    day: date


class BackTranslated(NamedTuple):
    """When each sentence was put back into French and compared with what it must say; not by a native speaker."""

    day: date
    digest: str
    """Of the sentences, as they were that day."""


@dataclass(frozen=True)
class Language:
    """One file of data/languages/; texts are templates, as in data/texts/."""

    code: str
    """ISO 639-1, which is also what a page calls it; it names the file."""
    name: str
    """In French."""
    own: str
    direction: str
    """ "ltr" or "rtl"."""
    card: str
    """Who we are, the number, a person."""
    again: str
    """Said when the card was said today."""
    human: str
    """The title of the button that asks for a person."""
    urgent: dict[str, Urgent]
    """By kind of urgency."""
    words: frozenset[str] = frozenset()
    """Common words, folded; none for a language that its letters tell."""
    romanised: frozenset[str] = frozenset()
    """The same as they are typed in our letters; none for a language that is written in them."""
    harmless: tuple[str, ...] = ()
    """Phrases that have words of danger and tell none."""
    reviewed: Reviewed | None = None
    """None: nobody who speaks it has read the card."""
    back_translated: BackTranslated | None = None
    """None: that was not done either."""

    @property
    def digest(self) -> str:
        """Of all that is said in it: another one as soon as a sentence changes."""
        said = (self.card, self.again, self.human, *(one.say for one in self.urgent.values()))
        return sha256("\n".join(said).encode()).hexdigest()[:12]

    @property
    def compared(self) -> date | None:
        """When the sentences of today were put back into French; None if one of them is newer than that."""
        found = self.back_translated
        return found.day if found and found.digest == self.digest else None

    @property
    def latin(self) -> bool:
        """Whether it is written in our letters, which the alphabet of text messages has."""
        return unicodedata.name(self.own[0]).startswith("LATIN")

    @property
    def card_name(self) -> str:
        """What the card is called among the texts."""
        return f"{PREFIX}{self.code}"

    @property
    def again_name(self) -> str:
        """The same of what is said when the card was said today."""
        return f"{PREFIX}{self.code}_again"

    def urgent_name(self, kind: str) -> str:
        """The same of what is said to a kind of urgency."""
        return f"{PREFIX}{self.code}_{kind}"


@cache
def languages() -> dict[str, Language]:
    """Code -> language, in the order of the codes."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.yml"))}


def spoken_in(names: Iterable[str]) -> Language | None:
    """The language of a message of ours, by the names of its texts; None as soon as one of them is French."""
    codes = {name.removeprefix(PREFIX).split("_")[0] if name.startswith(PREFIX) else None for name in names}
    return languages().get(codes.pop() or "") if len(codes) == 1 else None


def read(path: Path) -> Language:
    """The language that a file of data/languages/ writes; its name is the code."""
    raw = read_yaml(path)
    urgent = {kind: Urgent(one["say"], tuple(one["phrases"])) for kind, one in raw["urgent"].items()}
    folded = {name: frozenset(str(raw.get(name, "")).split()) for name in ("words", "romanised")}
    readings = {
        "reviewed": Reviewed(**raw["reviewed"]) if raw["reviewed"] else None,
        "back_translated": BackTranslated(**raw["back_translated"]) if raw["back_translated"] else None,
    }
    harmless = tuple(raw.get("harmless", ()))
    return Language(path.stem, **{**raw, **folded, **readings, "urgent": urgent, "harmless": harmless})

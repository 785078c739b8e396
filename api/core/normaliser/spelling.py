"""The tables of data/reference/spelling, read once and made ready to look up.

A file a kind of mistake; everything in them is folded. `forms`: form read -> forms written, one of several words
winning over its parts. `kept`, `heard`, `near` and `emoji` say in their files what they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.folding import fold
from api.core.normaliser.sound import sound

FOLDER = Path(__file__).parents[3] / "data" / "reference" / "spelling"

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """What to read for what is written; words are folded."""

    forms: Mapping[Phrase, Phrase]
    """Phrases written -> words read; the words read and the phrases kept, as themselves."""
    longest: int
    """Words in the longest phrase written."""
    heard: Mapping[str, Phrase]
    """Sound -> the word that it stands for."""
    near: Mapping[str, Phrase]
    """First letter -> the words of which another letter may be wrong."""
    emoji: Mapping[int, str]
    """Code point -> word, for str.translate."""


@cache
def spelling() -> Spelling:
    """The tables, read at the first call."""
    files = [read_yaml(path) for path in sorted(FOLDER.glob("*.yml"))]
    written = [entry for file in files for entry in file.get("forms", {}).items()]
    forms = {_phrase(form): _phrase(read) for read, all_forms in written for form in all_forms}
    kept, heard, near = (
        [word for file in files for word in file.get(table, ())] for table in ("kept", "heard", "near")
    )
    # A word read is a word kept: what is normal already must not change again ("il y a" holds the form "y a").
    forms |= {_phrase(word): _phrase(word) for word in (*(read for read, _ in written), *kept, *heard, *near)}
    emoji = [entry for file in files for entry in file.get("emoji", {}).items()]
    return Spelling(
        forms=forms,
        longest=max(map(len, forms)),
        heard={sound(word): _phrase(word) for word in heard},
        near={first: tuple(word for word in near if word[0] == first) for first in {word[0] for word in near}},
        emoji={ord(char): f" {word} " for word, chars in emoji for char in chars},
    )


def _phrase(text: str) -> Phrase:
    return tuple(fold(text).split())

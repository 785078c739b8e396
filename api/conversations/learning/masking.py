"""What of a sentence may be kept for an editor: nothing that says who wrote it, or of whom."""

import re
from collections.abc import Collection, Iterator

from api.authorities.communes import named
from api.core.folding import fold
from api.privacy import personal
from api.privacy.masking import mask_for_rasa
from api.privacy.personal import Named

PLACE = "xxlieu"
LONGEST = 200
"""Signs. What is longer tells a life, and teaches nothing: the longest sentence that we learn from has 113."""
LARGE = 10_000
"""Inhabitants. Whoever lives in a smaller commune may be known by it."""
LONGEST_NAME = 5
"""Words of a commune ("Saint-Jean-du-Doigt" has four)."""
_WORD = re.compile(r"[^\W_]+")
# Names that no file of ours knows: a doctor's, an employer's, a child's.
_CALLED = re.compile(
    r"(?i:\b(?:m['’ ]?appel+e|s['’ ]?appel+e|nom (?:est|c['’ ]est)|madame|monsieur|mme|mlle|mr|m\.|docteur|dr)\s+"
    r"(?!(?:je|j|vous|c|ce|il|elle|on|et|est|pour|pouvez|comment|svp|merci|bonjour)\b)"
    r"(?P<name>(?:(?:le|la|du|de|ben|el)\s+)?[^\W\d_]+))(?P<more>(?:[ -][A-ZÀ-Ý][^\W\d_]+)*)"
)
_TOKEN = re.compile(r"\bxx(?:numero|mail|date|nom|lieu)\b")


def keepable(text: str, names: Collection[str]) -> str | None:
    """The sentence, on one line, with a token for each thing that names somebody; None where too little or too much
    is left to learn from. `names`: those known around the person."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        return None
    masked = mask_for_rasa(line, names)
    for find in (_called, _small_places):
        masked = personal.replace(masked, find)
    return masked if re.search(r"[^\W\d_]{2}", without_tokens(masked)) else None


def without_tokens(masked: str) -> str:
    """What is left of a masked sentence for learning."""
    return " ".join(_TOKEN.sub(" ", masked).split())


def _called(text: str) -> Iterator[Named]:
    return (Named(found.start("name"), found.end("more"), personal.NAME) for found in _CALLED.finditer(text))


def _small_places(text: str) -> Iterator[Named]:
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        length = _place_length(text, words[place : place + LONGEST_NAME])
        if length:
            yield Named(words[place].start(), words[place + length - 1].end(), PLACE)
        place += length or 1


def _place_length(text: str, following: list[re.Match[str]]) -> int:
    """How many of the words that follow are the name of a small commune; 0 when none is."""
    for length in range(len(following), 0, -1):
        communes = named(fold(text[following[0].start() : following[length - 1].end()]))
        if communes:
            return length if communes[0].population < LARGE else 0
    return 0

"""One way of writing: no capitals, no accents, no apostrophes or dashes, nothing invisible."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘‛`´ʼʻʹ′ꞌ"
_MINUS = "−"
# What Unicode's own decomposition leaves whole. Œ, Æ and ß: casefold and these.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "⁄": "/"})


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace() or char in _APOSTROPHES or char == _MINUS or category == "Pd":
        return " "
    # Mn, Me: accents and the selectors behind emoji. C*: controls, zero-width, lone surrogates.
    return "" if category in ("Mn", "Me") or category.startswith("C") else char


def fold(text: str) -> str:
    """The text in lower case, without accents; apostrophes, dashes and any white space become one space."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return " ".join("".join(map(_folded, decomposed)).split())


def words(text: str) -> list[str]:
    """The words and numbers of the text, folded, in their order."""
    return re.findall(r"[^\W_]+", fold(text))

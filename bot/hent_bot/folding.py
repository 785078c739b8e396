"""The folding that texts have undergone when they reach Rasa, for the names and lemmas that they are compared with.

The server's normaliser does it to what people write; this is the same form for what lists and tables hold.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no accents, anything but letters and digits as one space: "L'Île-d'Arz" gives "l ile d arz"."""
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", bare.lower()).strip()

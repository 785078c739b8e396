"""Which language a message is in: letters tell most; in ours, two witnesses must agree that it is not French."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pycld2

from api.core.documents import read_yaml
from api.core.folding import words
from api.languages.known import languages

FILE = Path(__file__).parents[2] / "data" / "reference" / "french_words.yml"
FEWEST = 2
"""Words of a language that must be there, unless the whole message is made of them."""
ENOUGH = 3
"""Words that tell without CLD2."""
LONGEST_READ = 400
"""Signs; a language is known long before."""
UNKNOWN = "un"
"""What CLD2 calls what it does not know."""
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ\u1e00-\u1eff]")
_TELLING = {
    "hy": re.compile(r"[\u0530-\u058f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "ps": re.compile(r"[ټډړږښګڼځڅېۍ]"),
    None: re.compile(r"[ٹڈڑےەێۆڕӨөҮүЈјЉљЊњЋћЂђЏџ]"),
    "fa": re.compile(r"[پچژگی]"),
    "ti": re.compile(r"[ቐ-ቝኣኸ-ዅ]"),
    "uk": re.compile(r"[іїєґІЇЄҐ]"),
    "ru": re.compile(r"[ыэёЫЭЁ]"),
}
"""Letters that only one of our languages has, or none; the first that is found tells, Pashto before Persian, whose
letters it has too."""
_LIKELIEST = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ti": re.compile(r"[\u1200-\u137f]"),
}
"""Of letters that several languages share, the one that most write here: CLD2 knows nothing of a greeting alone."""


def language_of(text: str) -> str | None:
    """Code of the language; None for French, for a language without a card, and whenever it is not sure."""
    text = text[:LONGEST_READ]
    letters = _LETTER.findall(text)
    ours = sum(1 for letter in letters if _LATIN.match(letter))
    # "Mon nom est" and a name in its own letters is French.
    french = sum(word in _french() for word in words(text)) >= FEWEST
    return _in_our_letters(text) if french or 2 * ours >= len(letters) else _in_others(text)


def _in_others(text: str) -> str | None:
    said = words(text)
    if languages()["ps"].words.intersection(said):
        return "ps"
    for code, letters in _TELLING.items():
        if letters.search(text):
            return code
    if languages()["ar"].words.intersection(said):
        return "ar"
    code = _identified(text)
    if code == UNKNOWN:
        return next((likely for likely, letters in _LIKELIEST.items() if letters.search(text)), None)
    return code if code in languages() else None


def _in_our_letters(text: str) -> str | None:
    said = words(text)
    if 2 * sum(word in _french() for word in said) >= len(said) and not _mostly_foreign(said):
        return None
    telling = {code: _telling(said, theirs) for code, theirs in _theirs().items()}
    identified, likeliest = _identified(text), max(telling, key=lambda code: telling[code])
    # Neighbours share words: CLD2 takes "busco curso de frances" for Portuguese.
    if telling.get(identified) == telling[likeliest] and _agrees(said, _theirs()[identified]):
        return identified
    return likeliest if _leaves_no_doubt(said, _theirs()[likeliest]) else None


def _agrees(said: Sequence[str], theirs: frozenset[str]) -> bool:
    telling, against = _telling(said, theirs), sum(word in _french() for word in said if word not in theirs)
    return telling > against and (telling >= FEWEST or _made_of(said, theirs, telling))


def _leaves_no_doubt(said: Sequence[str], theirs: frozenset[str]) -> bool:
    """CLD2 takes a short message for a neighbour's: words alone then tell, when most are this language's."""
    return _telling(said, theirs) >= max(ENOUGH, len(said) / 2) and not any(
        word in _french() for word in said if word not in theirs
    )


def _telling(said: Sequence[str], theirs: frozenset[str]) -> int:
    return sum(word in theirs for word in said if word not in _french() and word not in _borrowed())


def _made_of(said: Sequence[str], theirs: frozenset[str], telling: int) -> bool:
    """ "Merhaba": nothing else is said, and it is no word that French borrows."""
    return telling > 0 and all(word in theirs for word in said)


def _mostly_foreign(said: Sequence[str]) -> bool:
    """Small words are shared ("de la", "me", "a"): what other words there are may still tell another language."""
    others = [word for word in said if word not in _french()]
    return any(sum(word in theirs for word in others) >= FEWEST for theirs in _theirs().values())


def _identified(text: str) -> str:
    """What CLD2 reads in it. Signs that are no text are taken out: it refuses them."""
    readable = "".join(char if char.isprintable() else " " for char in text)
    _, _, found = pycld2.detect(readable.encode("utf-8", "ignore"), bestEffort=True)
    return str(found[0][1])


def _french() -> frozenset[str]:
    return _words()["french"]


def _borrowed() -> frozenset[str]:
    return _words()["borrowed"]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(str(written).split()) for name, written in read_yaml(FILE).items()}


@cache
def _theirs() -> Mapping[str, frozenset[str]]:
    """The words of the languages as they are written, or typed, in our letters."""
    return {code: one.words if one.latin else one.romanised for code, one in languages().items()}

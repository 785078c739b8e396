"""How easily a French text is read: Flesch's figure, with the weights of Kandel and Moles (1958) for French.

207 − 1.015 × words a sentence − 73.6 × syllables a word: 100 is very easy, 60 is a newspaper's, 30 a scholar's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

BASE, EACH_WORD, EACH_SYLLABLE = 207.0, 1.015, 73.6
_SENTENCE_ENDS = re.compile(r"[.!?:;]\s|\n")
# "l'aide" and "rendez-vous" are read in one breath; a number or a site ("caf.fr") is looked at, not read.
_UNREAD = re.compile(r"\S*\w\.\w\S*|\S*\d\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_READ = frozenset({"CAF", "OUI", "NON"})
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eéèêiîy])")
_SILENT_END = re.compile(r"es?$")
# What sounds as one: an "i" glides into the vowel after it ("pied", "tion") but after two consonants ("cli-ent").
_SOUNDED = re.compile(
    r"oui|(?:(?<![bcdfgptv][lr])i)?(?:eau|œu|uei|ui|au|ai|aî|ay|ei|ey|eu|eû|oi|oî|oy|ou|où|oû|[aàâeéèêëoôœuùûü])|[iîïy]"
)


@dataclass(frozen=True)
class Reading:
    """What makes a text easy or hard."""

    ease: float
    words: int
    words_a_sentence: float
    syllables_a_word: float


def reading(text: str) -> Reading:
    """The figures of a text; the ease of one without a word is that of the shortest sentence."""
    read = [words for sentence in sentences(text) if (words := _WORD.findall(_UNREAD.sub(" ", sentence)))]
    said = [word for words in read for word in words] or ["a"]
    length = len(said) / max(1, len(read))
    sounded = sum(map(syllables, said)) / len(said)
    return Reading(BASE - EACH_WORD * length - EACH_SYLLABLE * sounded, len(said), length, sounded)


def sentences(text: str) -> Sequence[str]:
    """What is read between two pauses: a colon and the end of a line are pauses too."""
    return [part for part in _SENTENCE_ENDS.split(text + " ") if part.strip()]


def syllables(word: str) -> int:
    """How many of them are heard, one at least; three capitals are spelt ("RSA")."""
    if word.isupper() and len(word) == len("RSA") and word not in _READ:
        return len(word)
    lower = _SILENT_U.sub("", re.sub(r"['’-]", "", word.lower()))
    return max(1, len(_SOUNDED.findall(_SILENT_END.sub("", lower))))

"""What Rasa sees, in training and at run time alike: plain words, whatever the spelling of the person."""

import re
from collections.abc import Iterator

from api.core.folding import fold
from api.core.normaliser.nearness import one_letter_off
from api.core.normaliser.sound import sound
from api.core.normaliser.spelling import Phrase, spelling

# Below, too many words share a sound (six letters hold "contra"); above, it is no word of ours.
_HEARD_LENGTHS = range(6, 21)

_ACRONYM = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?")
_OUTSIDE = re.compile(r"[^a-z0-9?.,:/€%]+")
# Times, sums and dates need these; elsewhere they say nothing, and a text that began with "/" would command Rasa.
_LOOSE = re.compile(r"(?<![0-9])[.,:/]|[.,:/](?![0-9])")
_SIGN = re.compile(r"(\?)[? ]*|([€%])")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}(?=([a-z]?))")


def normalise(text: str) -> str:
    """Folded words in full: letters a-z, digits, and as words of their own "?", "€", "%"; ".", ",", ":" and "/" only
    between two digits. Text-message forms, drawn-out letters and common misspellings become the usual word. Emoji
    that answer become a word, other signs nothing. The same again when done twice."""
    return " ".join(_read(_plain(text).split()))


def _plain(text: str) -> str:
    folded = fold(text.translate(spelling().emoji)).replace("&", " et ")
    joined = _ACRONYM.sub(lambda found: found[0].replace(".", ""), folded)
    spoken = _LOOSE.sub(" ", _OUTSIDE.sub(" ", joined))
    return _DRAWN_OUT.sub(_short, _SIGN.sub(lambda found: f" {found[1] or found[2]} ", spoken))


def _short(found: re.Match[str]) -> str:
    """ "ouiii" -> "oui", "rdvvv" -> "rdv"; a consonant that French doubles stays double before a vowel ("elllle")."""
    letter, following = found[1], found[2]
    return letter * 2 if letter in "lmnprstf" and following and following in "aeiouy" else letter


def _read(written: list[str]) -> Iterator[str]:
    position = 0
    while position < len(written):
        length, read = _longest(written, position)
        yield from read
        position += length


def _longest(written: list[str], position: int) -> tuple[int, Phrase]:
    """How many words the longest known phrase from here takes, and the words to read for them."""
    known = spelling()
    for length in range(min(known.longest, len(written) - position), 0, -1):
        if read := known.forms.get(tuple(written[position : position + length])):
            return length, read
    return 1, _heard(written[position])


def _heard(word: str) -> Phrase:
    plural = word.removesuffix("s")
    if len(word) not in _HEARD_LENGTHS or (plural,) in spelling().forms:
        return (word,)
    towns = (town for town in spelling().near.get(word[0], ()) if one_letter_off(word, town))
    return spelling().heard.get(sound(word)) or next(((town,) for town in towns), (word,))

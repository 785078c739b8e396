"""What somebody typed, when it answers the question that was just asked: "oui", "2", "le deuxième", "plutôt mardi"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.identity.reading import read_phone
from api.knowledge.plain import asks
from api.texts.library import PARTS
from api.texts.numbering import KEEP, MOVE, NO, NUMBER, PHONE, UNDO, YES

FILE = Path(__file__).parents[2] / "data" / "reference" / "replies.yml"
ASKED = {UNDO: "undo", KEEP: "keep_visit", MOVE: "move_visit"}
"""Words of a choice, and the plain question that is typed for it."""
ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Offered:
    """One choice: its title, and what may be typed for it (YES, NO, PHONE, PARTS, NUMBER, one of ASKED, words).

    Where no choice has words, nothing is asked: the buttons only say what else there is, and are typed whole.
    """

    title: str
    words: tuple[str, ...] = ()


def chosen(text: str, offered: Sequence[Offered]) -> int | None:
    """The place in `offered` (from 0) of the choice that the text makes; None when it says something else.

    Nothing is guessed: two choices that fit are none.
    """
    if read_phone(text):
        return _only([place for place, choice in enumerate(offered) if PHONE in choice.words])
    said = _bare(_plain(text))
    if not said or not offered:
        return None
    asked = any(choice.words for choice in offered)
    for find in (_yes_or_no, _numbered, _numbered_and_named, _worded, _asked, _named_in_part) if asked else (_worded,):
        place = find(said, offered)
        if place is not None:
            return place
    return None


def _yes_or_no(said: str, offered: Sequence[Offered]) -> int | None:
    for meaning in (YES, NO):
        if said in _replies(meaning):
            return _only([place for place, choice in enumerate(offered) if meaning in choice.words])
    return None


def _numbered(said: str, offered: Sequence[Offered]) -> int | None:
    found = _number().fullmatch(said)
    if not found:
        return None
    word = found["number"]
    if word in _replies("last"):
        return max(_with_number(offered), default=None)
    place = int(word) - 1 if word.isdecimal() else _ordinals()[word]
    return place if place in _with_number(offered) else None


def _numbered_and_named(said: str, offered: Sequence[Offered]) -> int | None:
    """A number, then words of that very choice: "2 le jeudi 10", "le 1 celui de mercredi"."""
    found = re.match(rf"(?:(?:{_before_number()}) )*(?P<number>[1-9]) (?P<rest>.+)", said)
    place = int(found["number"]) - 1 if found else -1
    if found is None or place not in _with_number(offered):
        return None
    meant = [word for word in found["rest"].split() if word not in _replies("fillers")]
    return place if meant and set(meant) <= set(_plain(offered[place].title).split()) else None


def _with_number(offered: Sequence[Offered]) -> list[int]:
    """The places that a number chooses: those which were given one, or all where the text itself gives them."""
    given = [place for place, choice in enumerate(offered) if NUMBER in choice.words]
    return given or list(range(len(offered)))


def _worded(said: str, offered: Sequence[Offered]) -> int | None:
    titles = [_bare(_plain(choice.title)) for choice in offered]
    exact = [place for place, choice in enumerate(offered) if said == titles[place] or said in choice.words]
    return _only(exact)


def _asked(said: str, offered: Sequence[Offered]) -> int | None:
    known = [(place, word) for place, choice in enumerate(offered) for word in choice.words if word in ASKED]
    return _only(list(dict.fromkeys(place for place, word in known if asks(ASKED[word], said))))


def _named_in_part(said: str, offered: Sequence[Offered]) -> int | None:
    meant = [word for word in _not_taken_back(said) if word not in _replies("fillers")]
    if not meant or any(word in _replies(YES) | _replies(NO) for word in meant):
        return None
    listed = [(place, _plain(choice.title).split()) for place, choice in enumerate(offered) if PARTS in choice.words]
    return _only([place for place, title in listed if set(meant) <= set(title)])


def _not_taken_back(said: str) -> list[str]:
    """The words that are meant: "non pas mardi jeudi" means Thursday, "pourquoi pas jeudi" as well."""
    kept: list[str] = []
    words = said.removeprefix("non ").split()
    while words:
        word = words.pop(0)
        if word != "pas" or kept[-1:] == ["pourquoi"]:
            kept.append(word)
            continue
        while words and words[0] in _replies("fillers"):
            words.pop(0)
        words = words[_length(words) :]
    return kept


def _length(words: Sequence[str]) -> int:
    """How many words the first thing takes: "9 h 30", "9 h" before "14 h", "mardi"."""
    if words[1:2] != ["h"]:
        return 1
    return 3 if words[2:3] and words[2].isdecimal() and words[3:4] != ["h"] else 2


def _only(places: list[int]) -> int | None:
    return places[0] if len(places) == 1 else None


def _plain(text: str) -> str:
    """Normalised, hours apart from their "h" as titles write them: "9h30" is "9 h 30"."""
    return " ".join(re.sub(r"\b(\d{1,2})(?:h|:)(\d{2})?\b", r"\1 h \2", normalise(text)).split())


def _bare(said: str) -> str:
    """Without what is merely polite: "oui merci", "svp le 2"."""
    said = said.replace("?", " ")
    for polite in sorted(_replies("polite"), key=len, reverse=True):
        said = re.sub(rf"^(?:{polite} )+(?=\S)|(?<=\S)(?: {polite})+$", "", " ".join(said.split()))
    return said.strip()


@cache
def _replies(kind: str) -> frozenset[str]:
    """One list of `replies.yml`, as the normaliser writes its words."""
    return frozenset(form for word in read_yaml(FILE)[kind] for form in (str(word), normalise(str(word))))


@cache
def _ordinals() -> dict[str, int]:
    return {word: place for place, kind in enumerate(ORDINALS) for word in _replies(kind)}


def _any_of(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _before_number() -> str:
    return _any_of(_replies("before_number"))


@cache
def _number() -> re.Pattern[str]:
    numbers = _any_of(frozenset(_ordinals()) | _replies("last"))
    after = _any_of(_replies("after_number"))
    return re.compile(rf"(?:(?:{_before_number()}) )*(?P<number>[1-9]|{numbers})(?: (?:{after}))*")

"""What is looked at in a message: its words, their pieces, their ideas and what they are like; the signs in it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple
from zlib import crc32

from api.conversations.urgent.kindred import related
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.signs import named, told
from api.core.documents import read_yaml
from api.core.normaliser.sound import sound

_LONGEST = 60
"""Words looked at in a message: some three text messages. The rest is read by the patterns alone."""
_PIECES = (3, 4, 5)
_APART = 3
"""Words that may stand between two that count together ("dors … voiture")."""
_HEARD_FROM = 5
"""Letters from which a word may be known by its sound; shorter ones sound like too many others."""
_EITHER_END = ("^", "$")


class Seen(NamedTuple):
    """A message, as learning and weighing see it. Numbers stand for features (CRC-32 of what they are)."""

    words: list[int]
    ideas: list[int]
    kindred: list[int]
    signs: list[int]
    told: list[Urgency]
    """Kinds that a pattern tells, the most pressing first."""


def observe(said: str) -> Seen:
    """Of a text that signs.heard_as() gave."""
    look = named(said)
    kinds = told(said, look)
    words = said.split()[:_LONGEST]
    signs = [f"named {kind}" for kind in look] + [f"told {kind}" for kind in kinds] + ["told"] * bool(kinds)
    ideas = [*_ideas(words)]
    return Seen(
        _numbers(_words(words)), _numbers(_patterns_of(ideas)), _numbers(related(words)), _numbers(signs), kinds
    )


def _numbers(features: Iterable[str]) -> list[int]:
    """Sorted: the same sum, whatever the order of a set."""
    return sorted({crc32(feature.encode()) for feature in features})


def _words(words: list[str]) -> Iterator[str]:
    framed = [_EITHER_END[0], *words, _EITHER_END[1]]
    for position, word in enumerate(framed):
        yield f"w {word}"
        for gap, other in enumerate(framed[position + 1 : position + 1 + _APART]):
            yield f"{'after' if gap else 'next'} {word} {other}"
    heard = [sound(word) for word in framed]
    yield from (f"s {one} {two}" for one, two in pairwise(heard))
    for word in words:
        padded = f" {word} "
        yield from (f"p {padded[at : at + size]}" for size in _PIECES for at in range(len(padded) - size + 1))


def _ideas(words: list[str]) -> Iterator[tuple[str, ...]]:
    """The ideas that each word belongs to; small words stand for themselves, others are left out."""
    yield _EITHER_END[:1]
    for word in words:
        if known := _known().get(word) or (len(word) >= _HEARD_FROM and _known().get(f"/{sound(word)}")):
            yield known
    yield _EITHER_END[1:]


def _patterns_of(ideas: list[tuple[str, ...]]) -> Iterator[str]:
    for position, here in enumerate(ideas):
        following = ideas[position + 1 : position + 1 + _APART]
        for one in here:
            yield f"i {one}"
            yield from (f"i {one} {two}" for group in following for two in group)
            if len(following) > 1:
                yield from (f"i {one} {two} {three}" for two in following[0] for three in following[1])
    together = sorted({idea for group in ideas for idea in group if idea.isupper()})
    yield from (f"both {one} {two}" for one, two in combinations(together, 2))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Word, or "/" and its sound -> its ideas, in capitals; a small word -> itself."""
    written = read_yaml(FOLDER / "ideas.yml")
    known: dict[str, tuple[str, ...]] = {}
    for idea, words in written["ideas"].items():
        for word in words.split():
            known[word] = (*known.get(word, ()), idea.upper())
    by_sound = {f"/{sound(word)}": ideas for word, ideas in known.items() if len(word) >= _HEARD_FROM}
    return {word: (word,) for word in written["small"].split()} | by_sound | known

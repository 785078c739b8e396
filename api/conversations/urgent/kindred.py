"""Words used alike: what is known of a word that no list holds, from the words that it stands among elsewhere.

kindred.txt holds a group of words a line, families of groups apart; bot/hent_bot/prepared/kindred.py made it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from api.conversations.urgent.kinds import FOLDER
from api.core.documents import read_yaml

_UNKNOWN = ("?", "?")
_APART = 3
"""Words that may stand between two that count together, as in features.py."""


def related(words: Sequence[str]) -> Iterator[str]:
    """What the words are like, alone, two and three together: by family, and more closely by group."""
    known = _known()
    for line in zip(*(known.get(word, _UNKNOWN) for word in ("^", *words, "$")), strict=True):
        for position, one in enumerate(line):
            yield f"k {one}"
            for gap, two in enumerate(line[position + 1 : position + 1 + _APART]):
                yield f"k{'-' if gap else ' '}{one} {two}"
        yield from (f"k {one} {two} {three}" for (one, two), (_, three) in pairwise(pairwise(line)))


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    """Word -> its family and its group; small words, and either end of a message, are like nothing but themselves."""
    known: dict[str, tuple[str, str]] = {}
    for family, block in enumerate((FOLDER / "kindred.txt").read_text("utf-8").strip().split("\n\n")):
        for group, line in enumerate(block.splitlines()):
            known |= dict.fromkeys(line.split(), (f"{family}", f"{family}.{group}"))
    small = read_yaml(FOLDER / "ideas.yml")["small"].split()
    return known | {word: (word, f"={word}") for word in ("^", "$", *small)}

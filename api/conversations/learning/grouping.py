"""Sentences that are alike, together: an editor reads a group as one."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.conversations.learning.masking import without_tokens
from api.conversations.learning.tables import UnclearSentence
from api.core.normaliser import normalise

ALIKE = 0.6
"""Of the pieces of two sentences, shared. At 0.5 "je veux un rdv" and "je veux un prêt" are one; at 0.7 a word more
or less parts two that say the same."""
PIECE = 3
"""Signs."""
NAMED_BY = 8
"""Hexadecimal digits of an id: enough to name one of a few thousand."""

Pieces = frozenset[str]


@dataclass(frozen=True)
class Group:
    """Sentences that say nearly the same, the first one kept leading; never empty."""

    sentences: list[UnclearSentence]

    @property
    def name(self) -> str:
        """What an editor types; "g" tells it from a sentence alone."""
        return f"g{short(self.sentences[0])}"


def short(sentence: UnclearSentence) -> str:
    """What an editor types for one sentence."""
    return sentence.id.hex[:NAMED_BY]


def grouped(sentences: Iterable[UnclearSentence]) -> list[Group]:
    """Each sentence with the first that it is like, in the order given; the biggest groups first."""
    groups: list[tuple[Pieces, Group]] = []
    for sentence in sentences:
        pieces = pieces_of(normalise(without_tokens(sentence.text)))
        alike = [(_likeness(pieces, lead), -place) for place, (lead, _) in enumerate(groups)]
        likeness, place = max(alike, default=(0.0, 0))
        if likeness >= ALIKE:
            groups[-place][1].sentences.append(sentence)
        else:
            groups.append((pieces, Group([sentence])))
    return sorted((group for _, group in groups), key=lambda group: -len(group.sentences))


def pieces_of(normalised: str) -> Pieces:
    """Every run of PIECE signs, the ends of words among them."""
    padded = f" {normalised} "
    return frozenset(padded[place : place + PIECE] for place in range(len(padded) - PIECE + 1))


def _likeness(one: Pieces, other: Pieces) -> float:
    """Dice's coefficient, from 0 to 1."""
    return 2 * len(one & other) / max(1, len(one) + len(other))

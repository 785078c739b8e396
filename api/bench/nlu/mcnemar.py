"""McNemar's exact test: whether two classifiers that read the same sentences differ by more than chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Discordant:
    """How many sentences only one of the two understood; the others say nothing of which is better."""

    ours: int
    theirs: int

    @property
    def p(self) -> float:
        """Two-sided: how often a fair coin would part them at least as unevenly, from 0 to 1."""
        pairs, fewer = self.ours + self.theirs, min(self.ours, self.theirs)
        tail = sum(math.comb(pairs, one) for one in range(fewer + 1))
        # Whole numbers until the end: a float holds no power of two past the 1,023rd.
        return min(float(Fraction(2 * tail, 2**pairs)), 1.0)


def discordant(ours: Sequence[bool], theirs: Sequence[bool]) -> Discordant:
    """The pairs that disagree; each sequence says of the same sentences, in the same order, whether it was right.

    Raises ValueError when they are not as many.
    """
    pairs = list(zip(ours, theirs, strict=True))
    return Discordant(pairs.count((True, False)), pairs.count((False, True)))

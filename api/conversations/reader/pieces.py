"""Pieces of words, as the reader knows them: of all ways to cut a text, the likeliest (Kudo, "Subword Regularization",
ACL 2018, the unigram model).
"""

import re
import unicodedata
from collections.abc import Sequence

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"
GAP = "▁"
"""Stands before a piece that begins a word."""
_SPACES = re.compile(r"\s+")
_RARER = 10.0
"""A letter of no piece is so much less likely than the rarest piece (a logarithm)."""


_LONG = 8
"""Letters of a piece, at most on the mean: what is beyond is cut off unread (5,000 letters would take 40 ms)."""


class Pieces:
    """A vocabulary: pieces, and how likely each is."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """`scores`: logarithms, in the order of the pieces. BEGIN, END and UNKNOWN are among these."""
        self.names, self.scores = pieces, scores
        self._scores = dict(zip(pieces, scores, strict=True))
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))
        self._unknown = min(scores) - _RARER

    def cut(self, text: str, most: int) -> list[int]:
        """Numbers of the pieces of a text, framed; no more than `most` of them: the rest is not read."""
        names = [BEGIN, *self._likeliest(spelt(text)[: most * _LONG])[: most - 2], END]
        return [self._numbers.get(name, self._numbers[UNKNOWN]) for name in names]

    def _likeliest(self, text: str) -> list[str]:
        """Viterbi's way: the best cut of each beginning of the text, from those of its shorter ones."""
        best = [(0.0, 0)] + [(-float("inf"), 0)] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                alone = self._unknown if end == start + 1 else -float("inf")
                so_far = best[start][0] + self._scores.get(text[start:end], alone)
                best[end] = max(best[end], (so_far, start))
        found, end = [], len(text)
        while end:
            start = best[end][1]
            found.append(text[start:end])
            end = start
        return found[::-1]


def spelt(text: str) -> str:
    """The text as pieces spell it: small letters with their accents, one kind of apostrophe, gaps shown."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return GAP + _SPACES.sub(GAP, plain.strip())

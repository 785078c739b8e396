"""Which of the 250,000 pieces French needs: a hundred languages share them, and each weighs 384 bytes in the file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from api.conversations.reader.pieces import BEGIN, END, GAP, UNKNOWN, Pieces, spelt
from api.core.folding import fold

_LETTER = 1
_DATA = Path(__file__).parents[4] / "data"


def needed(pieces: Iterable[str], scores: Iterable[float], texts: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep: those that the texts are cut into, those that differ by an accent, letters."""
    scored = list(zip(pieces, scores, strict=True))
    whole = Pieces(*zip(*scored, strict=True))
    # No piece goes beyond a word: each word is cut once, in seconds; message by message it took eight minutes.
    words = {word for text in texts for word in spelt(text).split(GAP)}
    used = {scored[number][0] for word in words for number in whole.cut(word, len(word) + 2)}
    alike = {fold(piece) for piece in used}
    special = {BEGIN, END, UNKNOWN}
    return [
        number
        for number, (piece, _score) in enumerate(scored)
        if piece in used | special or (piece == piece.lower() and (fold(piece) in alike or _letter(piece)))
    ]


def _letter(piece: str) -> bool:
    return len(piece) == _LETTER and piece.isascii()


def french() -> Iterator[str]:
    """All that we have in French, and the commonest French words (without accents)."""
    for path in sorted(_DATA.rglob("*")):
        if path.suffix in {".yml", ".tsv", ".txt"}:
            yield from path.read_text("utf-8").splitlines()

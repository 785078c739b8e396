"""Which of the 250,000 pieces French needs: a hundred languages share them, and each weighs 384 bytes in the file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from api.conversations.reader.pieces import BEGIN, END, UNKNOWN, Pieces
from api.core.folding import fold

_LETTER = 1
_DATA = Path(__file__).parents[4] / "data"


def needed(pieces: Iterable[str], scores: Iterable[float], texts: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep: those that the texts are cut into, those that differ by an accent, letters."""
    scored = list(zip(pieces, scores, strict=True))
    whole = Pieces(*zip(*scored, strict=True))
    used = {scored[number][0] for text in texts for number in whole.cut(text, len(text) + 2)}
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

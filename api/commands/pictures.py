"""Pictures of a measure, as SVG: nothing to install, and a text in the repository."""

from collections.abc import Sequence
from html import escape

_CELL, _MARGIN = 22, 230


def confusion_picture(confusions: Sequence[Sequence[object]]) -> str:
    """Expected intents down, understood ones across, a square the darker the more often; right ones are left out.

    `confusions`: `[expected, understood, count]`, the commonest first; the thirty first are drawn.
    """
    drawn = [(str(expected), str(got), int(str(count))) for expected, got, count in confusions[:30]]
    rows = sorted({expected for expected, _, _ in drawn})
    columns = sorted({got for _, got, _ in drawn})
    most = max((count for _, _, count in drawn), default=1)
    parts = [_label(name, f"translate({_MARGIN - 6} {_middle(at)})", "end") for at, name in enumerate(rows)]
    parts += [
        _label(name, f"translate({_middle(at)} {_MARGIN - 6}) rotate(-90)", "start") for at, name in enumerate(columns)
    ]
    parts += [_square(columns.index(got), rows.index(expected), count, most) for expected, got, count in drawn]
    size = f"{_MARGIN + _CELL * len(columns) + 10} {_MARGIN + _CELL * len(rows) + 10}"
    style = "<style>text{font:12px sans-serif}</style>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" aria-label="Confusions">'
    return f"{head}{style}{''.join(parts)}</svg>\n"


def _middle(at: int) -> int:
    return _MARGIN + _CELL * at + 15


def _label(name: str, where: str, anchor: str) -> str:
    return f'<text transform="{where}" text-anchor="{anchor}">{escape(name)}</text>'


def _square(column: int, row: int, count: int, most: int) -> str:
    x, y = _MARGIN + _CELL * column, _MARGIN + _CELL * row
    square = f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="#b3261e" opacity="{count / most}"/>'
    return f'{square}<text x="{x + 11}" y="{y + 15}" text-anchor="middle">{count}</text>'

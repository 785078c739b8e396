"""Does a conversation get slower as it grows? The 200th turn over the 5th, ours and stock Rasa's side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from api.bench.load import Answers, turns
from api.bench.talking import Asker

LATE = range(190, 210)
"""Turns around the 200th, from 0: one whole Rasa session of ours, so that its first turns do not choose the figure."""
EARLY = range(2, 7)
_CHUNK = 10
"""Turns of one side before the other has its own: a drift of the machine hits both."""


@dataclass(slots=True)
class Grown:
    """One long conversation of each side."""

    ours: list[Answers]
    """In chunks of ten turns."""
    stock: list[Answers]


def grow(ours: Asker, stock: Asker) -> Grown:
    """Both up to the end of `LATE`, turn about."""
    grown = Grown([], [])
    for _ in range(0, LATE.stop, _CHUNK):
        grown.ours.append(turns(ours, _CHUNK))
        grown.stock.append(turns(stock, _CHUNK))
    return grown


def late_over_early(conversations: Sequence[Sequence[float]]) -> float:
    """Median latency of the late turns of all conversations over that of their early turns.

    Each conversation: the latency of each turn in order, at least `LATE.stop` of them.
    """
    late = [latencies[turn] for latencies in conversations for turn in LATE]
    early = [latencies[turn] for latencies in conversations for turn in EARLY]
    return median(late) / median(early)

"""The turn in hand: what the request being answered said about itself.

Rasa calls the tracker store and the actions without a request in their arguments; a context variable carries it,
so two turns of two conversations may be in flight in one process without mixing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Turn:
    """One turn of one conversation.

    `fence` is the number that the server gave this attempt; `fresh` starts a new Rasa session first;
    `stored` counts the events of the session that were already in the database when the tracker was read.
    """

    conversation: str
    id: str
    fence: int
    fresh: bool = False
    stored: int = 0


_in_hand: ContextVar[Turn | None] = ContextVar("hent_turn", default=None)


@contextmanager
def in_hand(turn: Turn) -> Iterator[Turn]:
    """Make `turn` the turn in hand for the calls made inside the block."""
    token = _in_hand.set(turn)
    try:
        yield turn
    finally:
        _in_hand.reset(token)


def in_progress() -> Turn | None:
    """The turn in hand, if there is one."""
    return _in_hand.get()


def current() -> Turn:
    """The turn in hand. Raises RuntimeError outside of one: nothing may be read or written without a fence."""
    turn = _in_hand.get()
    if turn is None:
        raise RuntimeError("no turn in hand")
    return turn

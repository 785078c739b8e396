"""How often an address may try to sign in: twenty wrong passwords or codes in ten minutes, whoever they name."""

from collections import deque
from collections.abc import Callable
from math import ceil
from time import monotonic

from api.core.errors import TooMany

WINDOW = 600.0
"""Seconds."""
AT_MOST = 20
"""A team shares one address, and mistypes; a list of stolen passwords has thousands."""


class Attempts:
    """Counted in this process, by digest of the address: an account itself is locked in the database."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._recent: deque[tuple[float, bytes]] = deque()

    def begin(self, address: bytes) -> None:
        """Count one more, before it is known whether it is right: ten at once are ten.

        Raises:
            TooMany: with the seconds until the oldest is forgotten.
        """
        moment = self._clock()
        while self._recent and self._recent[0][0] <= moment - WINDOW:
            self._recent.popleft()
        mine = [when for when, whose in self._recent if whose == address]
        if len(mine) >= AT_MOST:
            wait = ceil(mine[0] + WINDOW - moment)
            raise TooMany("Trop d'essais depuis cette adresse. Attendez un peu, puis réessayez.", retry_after=wait)
        self._recent.append((moment, address))

    def succeeded(self, address: bytes) -> None:
        """It was right: a team that arrives in the morning locks nobody out."""
        last = next((one for one in reversed(self._recent) if one[1] == address), None)
        if last:
            self._recent.remove(last)

"""Being called back: at a time that the person chooses, within the hours when somebody is there to call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from api.authorities.hours import Hours
from api.authorities.opening import spans
from api.core.clock import paris

Window = tuple[datetime, datetime]

OFFERED = 3
NOTICE = timedelta(minutes=30)
"""A service that learns of it must have the time to pick up the telephone."""
LOOK_AHEAD = 30
SHORTEST = timedelta(minutes=15)
LONG_ENOUGH = timedelta(hours=1)
"""Of what is wished: a shorter piece is taken only where there is no other."""


def windows(hours: Hours, now: datetime, count: int = OFFERED) -> list[Window]:
    """The next spans in which the service can call, half-days as it keeps them."""
    found: list[Window] = []
    for window in _ahead(hours, now):
        found.append(window)
        if len(found) == count:
            break
    return found


def within(hours: Hours, wish: Window, now: datetime) -> Window | None:
    """What of the wished span falls within the service's hours; None when nobody would be there."""
    shared = [(max(opens, wish[0]), min(closes, wish[1])) for opens, closes in _ahead(hours, now)]
    found = [(first, last) for first, last in shared if last - first >= SHORTEST]
    # "Mardi aprem" begins at noon, and is not the half hour before the service closes for lunch.
    return next((span for span in found if span[1] - span[0] >= LONG_ENOUGH), found[0] if found else None)


def items(found: Sequence[Window]) -> list[dict[str, object]]:
    """Windows as facts. A button carries a number alone: when somebody can be called is not for Rasa to know."""
    return [{"id": str(nth), "from": first, "until": last} for nth, (first, last) in enumerate(found, 1)]


def chosen(offered: Sequence[Mapping[str, str]], carried: str | None) -> Window | None:
    """The window of this number among the facts of what was offered; None for anything else."""
    found = next((one for one in offered if one["id"] == carried), None)
    return (datetime.fromisoformat(found["from"]), datetime.fromisoformat(found["until"])) if found else None


def _ahead(hours: Hours, now: datetime) -> Iterator[Window]:
    earliest, today = now + NOTICE, paris(now).date()
    for ahead in range(LOOK_AHEAD):
        for opens, closes in spans(hours, today + timedelta(days=ahead)):
            if closes - max(opens, earliest) >= SHORTEST:
                yield max(opens, earliest), closes

"""How long a team may leave a request untaken before it is told: in hours when it is open, not on its clock at home."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from api.authorities.hours import Hours
from api.authorities.opening import LOOK_AHEAD, spans
from api.core.clock import paris
from api.escalations.tables import Priority

URGENT = timedelta(minutes=5)
"""At any hour: who is on duty reads it at home."""
AT_MOST = timedelta(hours=2)
"""Of opening."""


def alert_at(hours: Hours, since: datetime, due_at: datetime, priority: Priority) -> datetime:
    """When a team of these hours is told that nobody has taken what waits `since` then.

    Two open hours, or half of the opening time that is left until `due_at` if that is less: half of what was promised
    remains for an answer. When it is already due, or nothing opens within two months: at once.
    """
    if priority is Priority.urgent:
        return since + URGENT
    before = takewhile(lambda span: span[0] < due_at, _open(hours, since))
    left = sum((min(closes, due_at) - opens for opens, closes in before), timedelta(0))
    return _after(hours, since, min(AT_MOST, left / 2))


def _after(hours: Hours, since: datetime, wait: timedelta) -> datetime:
    """When this much opening time has gone by."""
    for opens, closes in _open(hours, since):
        if wait <= closes - opens:
            return opens + wait
        wait -= closes - opens
    return since


def _open(hours: Hours, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """What is left of each span from then on."""
    first = paris(since).date()
    for ahead in range(LOOK_AHEAD):
        for opens, closes in spans(hours, first + timedelta(days=ahead)):
            if closes > since:
                yield max(opens, since), closes

"""The one place that reads the clock: UTC inside, Europe/Paris for people."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def paris(instant: datetime) -> datetime:
    """The same instant as people in Brittany read it."""
    return instant.astimezone(PARIS)


def today() -> date:
    """The date in Brittany, which is not UTC's between midnight and two."""
    return paris(now()).date()

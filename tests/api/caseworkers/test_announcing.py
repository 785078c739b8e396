"""When a notice stands, in the words of whoever reads the list."""

from datetime import datetime

import pytest

from api.caseworkers.announcing import in_words
from api.core.clock import PARIS


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-12-24", "2026-12-25", "Le jeudi 24 décembre 2026"),
        ("2026-12-31", "2027-01-02", "Du jeudi 31 décembre 2026 au vendredi 1er janvier 2027"),
        ("2026-12-24T14:00", "2026-12-25", "Du jeudi 24 décembre 2026 à 14 h au jeudi 24 décembre 2026 au soir"),
        ("2026-12-24", "2026-12-24T12:30", "Du jeudi 24 décembre 2026 au jeudi 24 décembre 2026 à 12 h 30"),
        # Clocks are put back that night: the day has 25 hours.
        ("2026-10-25", "2026-10-26", "Le dimanche 25 octobre 2026"),
    ],
)
def test_whole_days_are_said_without_their_hours(starts: str, ends: str, said: str) -> None:
    first, last = (datetime.fromisoformat(moment).replace(tzinfo=PARIS) for moment in (starts, ends))
    assert in_words(first, last) == said

"""Messages that teach nothing, judged by counts: how many in danger raise an alarm, and how many harmless ones.

`urgent_lives.tsv`: hard lives, by two people who saw no list; three quarters of the harmless ones hold danger's words.
Their mistakes were read once, before the reader was taught such lives by others; nothing was mended for them.
"""

import pytest

from api.conversations.urgent import recognise
from tests.api.conversations.test_urgent_lists import HARMLESS, KEPT_APART, LIVES


@pytest.mark.parametrize(
    ("messages", "caught", "false_alarms"),
    [pytest.param(KEPT_APART, 0.85, 0.01, id="kept apart"), pytest.param(LIVES, 0.96, 0.04, id="hard lives")],
)
def test_danger_raises_an_alarm_and_little_else_does(
    messages: list[dict[str, str]], caught: float, false_alarms: float
) -> None:
    raised = [(row["kind"], recognise(row["text"]) is not None) for row in messages]
    urgent = [alarm for kind, alarm in raised if kind != HARMLESS]
    harmless = [alarm for kind, alarm in raised if kind == HARMLESS]
    assert len(urgent) >= 100
    assert len(harmless) >= 380
    assert sum(urgent) >= caught * len(urgent)
    assert sum(harmless) <= false_alarms * len(harmless)

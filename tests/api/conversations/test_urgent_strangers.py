"""Messages of somebody who saw no list, no code and no other measure: what may be expected of people.

Read by nobody; measured by counts. `urgent_kept_apart.tsv` is harder: its urgent messages seldom say what they mean.
"""

import pytest

from api.conversations.urgent import Urgency, faintly_urgent, recognise, suspect
from tests.api.conversations.test_urgent_lists import HARMLESS, KEPT_APART, STRANGERS

CAUGHT, NAMED, GIVEN = 0.97, 0.97, 0.99
FALSE_ALARMS = 0.01


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


@pytest.fixture(scope="module")
def heard() -> list[tuple[str, Urgency | None, Urgency | None]]:
    """Kind, the alarm that is raised, and the number that is given beside another answer."""
    return [(row["kind"], recognise(row["text"]), suspect(row["text"])) for row in STRANGERS]


def test_nearly_all_are_caught_and_told_their_own_number(
    heard: list[tuple[str, Urgency | None, Urgency | None]],
) -> None:
    urgent = [(kind, alarm, number) for kind, alarm, number in heard if kind != HARMLESS]
    caught = [(kind, alarm) for kind, alarm, _ in urgent if alarm]
    assert len(urgent) == 195
    assert len(caught) >= CAUGHT * len(urgent)
    assert share([kind == alarm for kind, alarm in caught]) >= NAMED
    assert share([bool(alarm or number) for _, alarm, number in urgent]) >= GIVEN


def test_where_nothing_is_understood_every_one_is_given_a_number() -> None:
    """An alarm or a number, with Rasa stopped too; docs/decisions/0034-in-doubt-a-number.md."""
    for messages, missed in ((STRANGERS, 1), (KEPT_APART, 0)):
        urgent = [row["text"] for row in messages if row["kind"] != HARMLESS]
        assert sum(not (recognise(text) or suspect(text) or faintly_urgent(text)) for text in urgent) <= missed


def test_hardly_a_harmless_one_raises_an_alarm(heard: list[tuple[str, Urgency | None, Urgency | None]]) -> None:
    harmless = [bool(alarm) for kind, alarm, _ in heard if kind == HARMLESS]
    assert len(harmless) >= 590
    assert share(harmless) <= FALSE_ALARMS

"""Every dialogue, played against the whole house with real Rasa: what is said is what the file says."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.core.clock import PARIS
from tests.journeys.playing import heard, voice
from tests.journeys.records import Records

pytestmark = pytest.mark.stack

BOT = Path(__file__).parents[1] / "bot"
KNOWN = {known["dialogue"]: known["why"] for known in yaml.safe_load((BOT / "known_failures.yml").read_text())}
"""They must fail: one that was mended leaves the list."""


def dialogues() -> list[Any]:
    """All of them, each with its topic in its name."""
    found = []
    for file in sorted((BOT / "dialogues").glob("*.yml")):
        for dialogue in yaml.safe_load(file.read_text()):
            name = f"{file.stem}: {dialogue['name']}"
            marks = [pytest.mark.xfail(reason=KNOWN[name], raises=AssertionError)] if name in KNOWN else []
            found.append(pytest.param(dialogue, id=name, marks=marks))
    return found


def is_due(dialogue: dict[str, Any], now: datetime) -> bool:
    """An appointment of today is over in the evening: its dialogue is played `before` this hour, its twin `after`."""
    clock = now.astimezone(PARIS).time()
    before, after = (time.fromisoformat(dialogue.get(bound, "00:00")) for bound in ("before", "after"))
    return clock >= after and ("before" not in dialogue or clock < before)


@pytest.mark.parametrize("dialogue", dialogues())
def test_a_dialogue_is_answered_as_written(records: Records, dialogue: dict[str, Any]) -> None:
    if not is_due(dialogue, records.stack.started_at):
        pytest.skip("not at this hour: its twin is played")
    speaker = voice(records, dialogue)
    for turn in dialogue["turns"]:
        intent, names = heard(records, speaker, turn["says"])
        # `begins`: what follows depends on the day, as whether the first free hour is at an office.
        told = names if "hears" in turn else names[: len(turn["begins"])]
        assert told == turn.get("hears", turn.get("begins")), f"{turn['says']!r} was understood as {intent}"
        # `chooses`: typed for a button, so that Rasa never reads it and is only told the intent.
        expected = turn.get("intent", turn.get("chooses"))
        assert expected is None or intent == expected


def test_every_known_failure_is_a_dialogue() -> None:
    assert set(KNOWN) <= {str(case.id) for case in dialogues()}

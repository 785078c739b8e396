"""What is shipped is what the lists teach, and no ordinary message suffers from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.urgent import Urgency, recognise
from api.conversations.urgent.features import observe
from api.conversations.urgent.learning import LEARNT_FROM, Example, examples, learn, learnt_from
from api.conversations.urgent.weighing import ALARM_WIDTH, FILE, KIND_WIDTH
from api.core.documents import read_yaml

ROOT = Path(__file__).parents[3]
NLU = ROOT / "data" / "nlu"


def sentences() -> Iterator[str]:
    """What Rasa learns from, save the urgent."""
    for path in sorted(NLU.glob("*/*.yml")):
        for block in read_yaml(path)["nlu"]:
            if "intent" in block and not block["intent"].startswith("emergency_"):
                yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


def test_the_weights_are_those_of_the_lists() -> None:
    """`hent nlu weigh` writes them anew. To learn all of them here took four minutes of every run."""
    assert LEARNT_FROM.read_text().strip() == learnt_from(examples(), FILE.read_bytes())


def test_what_was_learnt_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = examples()[:1000]
    before = learnt_from(rows, b"weights")
    assert learnt_from(rows, b"weights") == before
    assert learnt_from([*rows[:-1], rows[-1]._replace(text="autre chose")], b"weights") != before
    assert learnt_from(rows, b"others") != before
    monkeypatch.setattr("api.conversations.urgent.learning.heard_as", str.upper)
    assert learnt_from(rows, b"weights") != before


def test_hardly_any_ordinary_message_raises_an_alarm() -> None:
    ordinary = [*sentences()]
    alarms = [text for text in ordinary if recognise(text)]
    assert len(alarms) <= 0.002 * len(ordinary), alarms


def test_nor_one_that_nothing_learns_from() -> None:
    """Those kept to measure understanding: of somebody who tells a story in words of danger an alarm may be raised."""
    folders = ("heldout", "strangers", "tuning")
    files = [file for folder in folders for file in sorted((ROOT / "tests/bot" / folder).glob("*.tsv"))]
    rows = [line.split("\t") for file in files for line in file.read_text().splitlines()[1:]]
    ordinary = [text for intents, _, text in rows if "emergency_" not in intents]
    assert sum(recognise(text) is not None for text in ordinary) <= 0.007 * len(ordinary)


def test_learning_sets_apart_what_differs_in_one_word() -> None:
    rows = [
        Example("food", "le frigo est vide"),
        Example("-", "le bureau est vide"),
        Example("shelter", "je dors dehors"),
    ]
    weights = learn(rows)
    assert len(weights) == ALARM_WIDTH + len(Urgency) * KIND_WIDTH
    assert learn(rows) == weights
    assert learn(rows[:2]) != weights


@pytest.mark.parametrize("said", ["", "je", "# ? €"])
def test_a_message_without_words_has_no_sign(said: str) -> None:
    assert observe(said).told == []


@given(st.lists(st.sampled_from(["je", "dors", "dehors", "mari", "frappe", "vide", "xk"]), max_size=80))
def test_a_feature_counts_once(words: list[str]) -> None:
    seen = observe(" ".join(words))
    for numbers in (seen.words, seen.ideas, seen.signs):
        assert numbers == sorted(set(numbers))

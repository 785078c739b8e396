"""The lists of lives teach what exists, contradict nothing that is taught, and none of what measures."""

import pytest

from api.conversations.learning.lives import FOLDER, NONE, lives
from api.core.documents import read_rows
from api.core.normaliser import normalise
from api.texts.library import entries
from tests.test_topics import MEASURES, REGISTERS, ROOT, dialogues, domain_intents, examples, forms, measured
from tests.test_topics import TOPICS as TALKED_OF

LISTS = sorted(path.stem for path in FOLDER.glob("*.tsv"))
LEAST = 500
FURTHER = (
    *sorted((ROOT / "tests/api/conversations").glob("urgent_*.tsv")),
    ROOT / "tests/api/knowledge/narrower_heldout.tsv",
)


@pytest.mark.parametrize("name", LISTS)
def test_each_row_names_an_intent_an_answer_and_a_register(name: str) -> None:
    rows = read_rows(FOLDER / f"{name}.tsv")
    assert len(rows) > LEAST
    assert {row["intent"] for row in rows} <= domain_intents()
    assert {row["says"] for row in rows} <= {*entries(), NONE}
    assert {row["register"] for row in rows} == set(REGISTERS)


def test_no_message_stands_twice_nor_means_something_else_to_rasa() -> None:
    said = [(normalise(one.text), one) for one in lives()]
    assert len({text for text, _ in said}) == len(said)
    taught = {normalise(text): intent for intent, texts in examples().items() for text in texts}
    assert [one.text for text, one in said if taught.get(text, one.intent) != one.intent] == []


def test_no_message_that_measures_or_is_played_is_taught() -> None:
    apart = {form for file in MEASURES for _, _, text in measured(file) for form in forms(text)}
    apart |= {form for path in FURTHER for row in read_rows(path) for form in forms(row["text"])}
    turns = [turn for topic in TALKED_OF for one in dialogues(topic) for turn in one["turns"] if "intent" in turn]
    apart |= {form for turn in turns for form in forms(turn["says"])}
    assert [one.text for one in lives() if forms(one.text) & apart] == []

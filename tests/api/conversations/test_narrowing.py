"""A narrower answer is found by what a message means, not only by its words, and takes little from other answers.

`narrower_heldout.tsv`: four messages for each answer, by people who saw the answers and no message of the lists.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from api.conversations.narrowing import FILE, OTHER, narrowed, near, shipped
from api.conversations.narrowing.learning import LEARNT_FROM, Example, learnt_from, read, written
from api.core.folding import fold
from api.core.normaliser import normalise
from api.knowledge.narrower import asked_by_itself, narrowly_asked
from api.texts.library import entries
from tests.api.knowledge.test_narrower import WRITTEN

ROOT = Path(__file__).parents[3]
HELD_OUT = read(ROOT / "tests" / "api" / "knowledge" / "narrower_heldout.tsv")
BY_ITSELF = {one.says for one in asked_by_itself()}


def leans_on(says: str) -> str | None:
    """A text after which this one is asked; None where it is asked by itself."""
    after = [last for name, one in WRITTEN.items() if one.get("says", name) == says for last in one.get("after", ())]
    return min(after, default=None)


def found(row: Example, last: Sequence[str] = ()) -> str | None:
    told = narrowly_asked(row.text, last) or narrowed(row.text, last)
    return told.says if told else None


def shares(told: list[tuple[str, str | None]]) -> tuple[float, float]:
    """Of all that an answer is given to, and of these that it is the right one."""
    given = [(says, name) for says, name in told if name]
    return len(given) / len(told), sum(says == name for says, name in given) / len(given)


def test_the_file_is_what_the_lists_and_the_reader_taught() -> None:
    """`hent nlu narrow` writes it anew, in some five minutes."""
    assert LEARNT_FROM.read_text().strip() == learnt_from(written())


def test_each_answer_of_the_lists_is_a_text_and_is_known() -> None:
    known = set(shipped().names)
    taught = {row.says for row in written()} - {OTHER}
    assert taught <= {*entries(), *(name for name, one in WRITTEN.items() if one.get("asks"))}
    assert taught <= known - {OTHER}
    assert FILE.stat().st_size < 200_000


def test_no_message_that_measures_teaches() -> None:
    assert {fold(row.text) for row in HELD_OUT}.isdisjoint(fold(row.text) for row in written())
    said = [normalise(row.text) + row.says for row in written()]
    assert len(said) == len(set(said))


def test_what_is_asked_by_itself_is_found_twice_as_often_as_by_its_words() -> None:
    rows = [row for row in HELD_OUT if row.says in BY_ITSELF]
    given, right = shares([(row.says, found(row)) for row in rows])
    assert len(rows) >= 550
    assert given >= 0.4
    assert right >= 0.86


def test_what_leans_on_our_last_answer_is_found() -> None:
    rows = [row for row in HELD_OUT if row.says not in BY_ITSELF and leans_on(row.says)]
    given, right = shares([(row.says, found(row, [leans_on(row.says) or ""])) for row in rows])
    assert len(rows) >= 150
    assert given >= 0.72
    assert right >= 0.86


def test_hardly_a_message_of_another_intent_is_taken() -> None:
    """Of those kept to measure understanding, of which no narrower answer is asked by the label."""
    files = sorted((ROOT / "tests/bot/heldout").glob("*.tsv"))
    # A third: each takes 14 ms to read, or 40 beside another test.
    lines = [line.split("\t") for file in files for line in file.read_text().splitlines()[1::3]]
    told = [(intents.split("+"), narrowed(text)) for intents, _, text in lines]
    wrong = [one for intents, one in told if one and not {one.intent, *one.instead_of} & {*intents}]
    assert len(told) > 350
    assert len(wrong) <= 0.01 * len(told), wrong


@pytest.mark.parametrize(
    "text",
    [
        "",
        "oui",
        "bonjour",
        "c kan mon rdv",
        "Lannion",
        "aide soignante",
        "je cherche un garage solidaire près de Vannes",
    ],
)
def test_what_asks_for_none_is_left_to_rasa(text: str) -> None:
    assert narrowed(text) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("combien touche une personne seule au rsa", "single_parent"),
        ("on c separé avec mon mari fo le dire ou", "couple_begins"),
    ],
)
def test_words_that_say_something_else_count_more_than_what_seems_meant(text: str, other: str) -> None:
    assert narrowed(text) is None
    assert other not in {one.says for one in near(text)}


def test_a_place_after_courses_looks_for_others() -> None:
    assert narrowed("et plutôt du côté de Quimper ?", ["training_found", "training_item", "training_choose"]) is None


def test_after_a_question_of_ours_more_is_needed() -> None:
    told = [row for row in HELD_OUT[:100] if narrowed(row.text)]
    still = [row for row in told if narrowed(row.text, asked=True)]
    assert 0 < len(still) < len(told)

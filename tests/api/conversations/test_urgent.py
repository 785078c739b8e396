"""Urgent messages: none may be missed; few harmless ones may be taken for one.

The lists are what the weights are learnt from: it proves that nothing is lost, not what a stranger will be understood
to say. That is measured on urgent_kept_apart.tsv, which nobody reads: docs/decisions/0024-urgent-weights.md.
"""

from collections import Counter
from functools import cache
from zlib import crc32

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.urgent import FOLDER, Urgency, recognise
from api.conversations.urgent.judging import Judgement, judge
from api.conversations.urgent.learning import HARMLESS, Example, examples
from api.core.folding import fold

ROWS = examples()
TABLES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
WORDS = TABLES["words"]["words"]
ONE_IN = 8
"""Messages judged: all 26,000 take four minutes."""


@cache
def judged() -> list[tuple[Example, Judgement]]:
    """The same messages each time, whatever is added."""
    return [(row, judge(row.text)) for row in ROWS if crc32(row.text.encode()) % ONE_IN == 0]


def test_at_most_three_urgent_messages_in_a_hundred_raise_no_alarm_and_hardly_any_is_given_no_number() -> None:
    urgent = [(row, heard) for row, heard in judged() if row.kind != HARMLESS]
    silent = [row.text for row, heard in urgent if not heard.urgent]
    missed = [row.text for row, heard in urgent if not heard.urgent and not heard.doubtful]
    assert len(silent) <= 0.03 * len(urgent), silent
    assert len(missed) <= 0.002 * len(urgent), missed


def test_at_most_one_harmless_message_in_a_hundred_raises_an_alarm() -> None:
    harmless = [(row, heard) for row, heard in judged() if row.kind == HARMLESS]
    alarms = [row.text for row, heard in harmless if heard.urgent]
    assert len(alarms) <= 0.01 * len(harmless), alarms


def test_the_right_number_is_given() -> None:
    caught = [(row, heard) for row, heard in judged() if row.kind != HARMLESS and heard.urgent]
    others = [row.text for row, heard in caught if heard.kind != row.kind]
    assert len(others) <= 0.04 * len(caught), others


def test_there_are_messages_enough_of_each_kind() -> None:
    kinds = Counter(row.kind for row in ROWS)
    assert set(kinds) == {*Urgency, HARMLESS}
    assert all(kinds[kind] >= 600 for kind in Urgency)
    assert kinds[HARMLESS] >= 2000


def test_no_message_stands_in_the_lists_twice() -> None:
    assert [text for text, count in Counter(fold(row.text) for row in ROWS).items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("mon mari me frappe et je suis à la rue", Urgency.violence, id="violence before shelter"),
        pytest.param("je suis à la rue et j'ai faim", Urgency.shelter, id="shelter before food"),
        pytest.param("j'ai plus rien à manger, je veux mourir", Urgency.distress, id="distress before food"),
        pytest.param("je dors dehors, je veux en finir", Urgency.distress, id="distress before shelter"),
        pytest.param("il va me tuer", Urgency.violence, id="killed by another is no suicide"),
        pytest.param("JE VEUX MOURIRRRR !!!", Urgency.distress, id="shouted"),
        pytest.param("🆘 il me frappe 😭", Urgency.violence, id="with emoji"),
        pytest.param("/je veux mourir", Urgency.distress, id="after a slash"),
        pytest.param("il me menasse avec un couto", Urgency.violence, id="by ear"),
        pytest.param("je suis à la rue", Urgency.shelter, id="the street"),
        pytest.param("je suis à la rue Jean Jaurès", None, id="the name of a street"),
        pytest.param("je meurs de faim", Urgency.food, id="hungry"),
        pytest.param("je meurs de faim avant midi mdr", None, id="joking"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_most_pressing_need_comes_first(text: str, kind: Urgency | None) -> None:
    assert recognise(text) is kind


@given(st.text())
def test_any_text_may_come(text: str) -> None:
    assert recognise(text) in (None, *Urgency)


@pytest.mark.parametrize("piece", ["a ", "il me ", "je veux ", "plus manger argent ", "dors pas ", "…", "x"])
def test_ten_thousand_characters_do_not_hang_a_pattern(piece: str) -> None:
    assert recognise(piece * (10_000 // len(piece))) in (None, *Urgency)


@pytest.mark.parametrize("kind", Urgency)
def test_a_pattern_is_written_once(kind: Urgency) -> None:
    for part in ("patterns", "unless"):
        assert [pattern for pattern, count in Counter(TABLES[kind][part]).items() if count > 1] == []


def test_every_list_of_words_is_used() -> None:
    patterns = [pattern for kind in Urgency for part in ("patterns", "unless") for pattern in TABLES[kind][part]]
    used = " ".join([*patterns, *WORDS.values()])
    assert [name for name in WORDS if f"{{{name}}}" not in used] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("c'est quand mon rendez-vous et je veux en finir avec la vie", Urgency.distress),
        ("Bonjour, où en est mon dossier ? Mon mari me frappe tous les soirs.", Urgency.violence),
    ],
)
def test_a_piece_is_not_hidden_by_what_else_is_asked(text: str, kind: Urgency) -> None:
    assert recognise(text) is kind


@pytest.mark.parametrize("text", ["je meurs de faim, je reprends après manger", "je mange vite fait et j'arrive"])
def test_a_piece_alone_must_weigh_more_than_a_message(text: str) -> None:
    assert recognise(text) is None

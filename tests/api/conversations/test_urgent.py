"""Urgent messages: none may be missed; few harmless ones may be taken for one.

urgent.tsv has a third of its rows held back: patterns were never tuned on them. urgent_met.tsv holds three lists
written later; of the last, 73 % was caught at its first reading. All of it has been tuned on since: it proves that
nothing is lost, not what a stranger will be understood to say.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.urgent import FOLDER, Urgency, recognise

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


WRITTEN, MET = rows("urgent.tsv"), rows("urgent_met.tsv")
URGENT = [row for row in WRITTEN + MET if row["kind"] != "none"]
HARMLESS = [row["text"] for row in WRITTEN + MET if row["kind"] == "none"]
TABLES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
WORDS = TABLES["words"]["words"]


def test_no_urgent_message_is_missed() -> None:
    assert [row["text"] for row in URGENT if recognise(row["text"]) is None] == []


def test_at_most_two_harmless_messages_in_a_hundred_are_taken_for_urgent() -> None:
    alarms = [text for text in HARMLESS if recognise(text)]
    assert len(alarms) <= 0.02 * len(HARMLESS), alarms


def test_held_messages_do_as_well() -> None:
    held = [row for row in WRITTEN if row["held"] == "held"]
    harmless = [row["text"] for row in held if row["kind"] == "none"]
    assert all(recognise(row["text"]) for row in held if row["kind"] != "none")
    assert sum(recognise(text) is not None for text in harmless) <= 0.02 * len(harmless)


def test_the_right_number_is_given() -> None:
    others = [row["text"] for row in URGENT if recognise(row["text"]) != row["kind"]]
    assert len(others) <= 0.02 * len(URGENT), others


def test_there_are_messages_enough_of_each_kind_a_third_of_them_held() -> None:
    kinds = Counter(row["kind"] for row in WRITTEN)
    held = Counter(row["kind"] for row in WRITTEN if row["held"])
    assert set(kinds) == {*Urgency, "none"}
    assert all(kinds[kind] >= 30 for kind in Urgency)
    assert sum(kinds[kind] for kind in Urgency) >= 120
    assert kinds["none"] >= 200
    assert all(held[kind] >= count // 3 for kind, count in kinds.items())


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

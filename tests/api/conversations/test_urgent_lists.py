"""The lists that recognition is tuned on and measured with: large enough, and apart from one another."""

import csv
from collections import Counter
from itertools import chain
from pathlib import Path

from api.conversations.urgent import FOLDER, Urgency
from api.core.folding import fold
from api.core.normaliser import normalise

HERE = Path(__file__).parent
HARMLESS = "-"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


TUNED_ON, KEPT_APART = rows(FOLDER / "lists" / "tuning.tsv"), rows(HERE / "urgent_kept_apart.tsv")
STRANGERS, LIVES = rows(HERE / "urgent_strangers.tsv"), rows(HERE / "urgent_lives.tsv")
LEARNT_FROM = [row for path in (FOLDER / "lists").rglob("*.tsv") for row in rows(path)]


def forms(text: str) -> set[str]:
    return {fold(text), normalise(text)}


def test_a_third_of_each_kind_is_kept_apart() -> None:
    kept = Counter(row["kind"] for row in KEPT_APART)
    every = kept + Counter(row["kind"] for row in TUNED_ON)
    assert set(every) == {*Urgency, HARMLESS}
    assert all(3 * kept[kind] >= count for kind, count in every.items())
    assert sum(every[kind] for kind in Urgency) >= 300
    assert every[HARMLESS] >= 1000


def test_no_message_stands_in_two_lists_nor_twice_in_one() -> None:
    times = Counter(chain.from_iterable(forms(row["text"]) for row in TUNED_ON + KEPT_APART))
    assert [form for form, count in times.items() if count > 1] == []
    learnt = set().union(*(forms(row["text"]) for row in LEARNT_FROM))
    kept = set().union(*(forms(row["text"]) for row in KEPT_APART + STRANGERS + LIVES))
    assert len(learnt & kept) == 0

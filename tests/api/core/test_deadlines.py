"""The day by which a letter must be answered is read as people write it; what is no day to come is left.

deadlines.tsv: the day; with " ?" where it is to be asked again; "passed"; nothing. Today is Wednesday 25 November 2026.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from api.core.deadlines import Deadline, Doubt, Term, day_it_came, read_deadline

TODAY = date(2026, 11, 25)
with Path(__file__).with_name("deadlines.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))
with Path(__file__).with_name("deadlines_strangers.tsv").open(encoding="utf-8", newline="") as file:
    STRANGERS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
"""Messages of somebody who saw no reader: the day; "past" and the day; "ask" where a careful person would ask again.

Today is Friday 27 November 2026.
"""


def told(found: Deadline | None) -> str:
    if found is None or found.doubt is Doubt.passed:
        return found.doubt or "" if found else ""
    return f"{found.day} ?" if found.doubt else found.day.isoformat()


def test_a_hundred_phrasings_are_read_rightly() -> None:
    wrong = [case["text"] for case in CASES if told(read_deadline(case["text"], TODAY)) != case["deadline"]]
    assert len({case["text"] for case in CASES if case["deadline"]}) >= 100
    assert wrong == []


def test_no_stranger_s_day_is_read_wrongly_and_nearly_all_are_read() -> None:
    friday = date(2026, 11, 27)
    dated = {case["text"]: case["deadline"] for case in STRANGERS if case["deadline"] != "ask"}
    read = {text: read_deadline(text, friday) for text in dated}
    sure = {text: one for text, one in read.items() if one and one.doubt in (None, Doubt.passed)}
    said = {text: f"past {one.day}" if one.doubt else f"{one.day}" for text, one in sure.items()}
    assert {text: day for text, day in said.items() if day != dated[text]} == {}
    assert len(sure) >= 0.97 * len(dated) >= 100


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("sous quinze jours", Doubt.when_received),
        ("le 3 ou le 5", Doubt.several),
        ("vendredi prochain", Doubt.several),
        ("avant le 20 novembre", Doubt.passed),
    ],
)
def test_what_is_not_sure_says_why(text: str, doubt: Doubt) -> None:
    found = read_deadline(text, TODAY)
    assert found
    assert found.doubt is doubt


@given(st.integers(0, 180), st.sampled_from(["avant le {}", "jusqu'au {}", "date limite {}", "à rendre pour le {}"]))
def test_a_limit_to_come_is_read_without_a_doubt(days: int, sentence: str) -> None:
    day = TODAY + timedelta(days=days)
    assert read_deadline(sentence.format(format_date(day, "d MMMM", locale="fr")), TODAY) == Deadline(day)


@given(st.integers(1, 60), st.integers(0, 30))
def test_a_time_counts_from_the_day_on_which_the_letter_came(many: int, before: int) -> None:
    came = TODAY - timedelta(days=before)
    found = read_deadline(f"{many} jours, reçu le {came:%d/%m/%Y}", TODAY)
    assert found
    assert found.day == came + timedelta(days=many)
    assert (found.doubt is Doubt.passed) == (found.day < TODAY)


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_no_day_kept_is_past(text: str) -> None:
    found = read_deadline(text, TODAY)
    assert found is None or (found.day < TODAY) == (found.doubt is Doubt.passed)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai reçu un courrier de la CAF",
        "un courrier du 20 novembre",
        "une lettre du 3/11/2026",
        "je suis né le 14/05/1990",
        "ils demandent 300 euros et 2 papiers",
        "le 31/11",
        "mon numéro est le 06 39 98 00 31",
        "24h/24, 7 jours sur 7",
        "il y a 3 mois",
        "avant 15h",
        "reçu vendredi",
        "avant mes 25 ans",
        "c'est pour 15 euros",
    ],
)
def test_what_is_no_day_to_come_is_none(text: str) -> None:
    found = read_deadline(text, TODAY)
    assert found is None or found.doubt is Doubt.passed


@pytest.mark.parametrize(
    "text",
    [
        "je connais pas la date limite, la lettre est du 3 novembre",
        "le courrier date du 3, j'écris à qui",
        "je dois faire quoi maintenant avec cette lettre ?",
    ],
)
def test_neither_the_day_that_a_letter_bears_nor_now_is_its_limit(text: str) -> None:
    assert read_deadline(text, TODAY) is None


def test_what_is_in_doubt_says_what_else_it_may_be() -> None:
    several, counted = read_deadline("le 3 ou le 5", TODAY), read_deadline("sous quinze jours", TODAY)
    assert several
    assert several.days == (date(2026, 12, 3), date(2026, 12, 5))
    assert counted
    assert counted.term == Term(15, "jours")


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("hier", date(2026, 11, 24)),
        ("aujourd'hui", TODAY),
        ("ce matin", TODAY),
        ("avant-hier", date(2026, 11, 23)),
        ("lundi", date(2026, 11, 23)),
        ("je l'ai eue samedi", date(2026, 11, 21)),
        ("c'était jeudi", date(2026, 11, 19)),
        ("mercredi dernier", date(2026, 11, 18)),
        ("le 20", date(2026, 11, 20)),
        ("le 28", date(2026, 10, 28)),
        ("le 20 novembre", date(2026, 11, 20)),
        ("20/11", date(2026, 11, 20)),
        ("le 3/11/2026", date(2026, 11, 3)),
        ("il y a 3 jours", date(2026, 11, 22)),
        ("y a une semaine", date(2026, 11, 18)),
        ("la semaine dernière", None),
        ("le 19 ou le 20", None),
        ("le 12 décembre", None),
        ("dans 3 jours", None),
        ("je sais plus", None),
    ],
)
def test_the_day_on_which_it_came_is_past_and_one(text: str, came: date | None) -> None:
    assert day_it_came(text, TODAY) == came


@given(st.text(max_size=80))
def test_no_text_says_that_it_came_tomorrow(text: str) -> None:
    came = day_it_came(text, TODAY)
    assert came is None or came <= TODAY

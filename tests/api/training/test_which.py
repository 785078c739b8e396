"""Which course is meant, as people point at one of a list."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.normaliser import normalise
from api.training.search import Offer
from api.training.tables import Entry
from api.training.which import Pointing, hours_in, named, nth
from tests.factories import BREST, QUIMPER


def offer(title: str, insee: str, trade: str, starts_on: date | None = None) -> Offer:
    training = SimpleNamespace(title=title, trades=[trade])
    entry = Entry.fixed if starts_on else Entry.permanent
    return Offer(
        cast(Any, training), cast(Any, SimpleNamespace(commune_insee=insee, entry=entry, starts_on=starts_on)), 0
    )


WELDING = offer("Titre professionnel soudeur", BREST, "soudure", date(2027, 3, 1))
COOKING = offer("CAP cuisine", QUIMPER, "cuisine", date(2027, 1, 4))
BAKING = offer("CAP boulanger", BREST, "boulangerie")
SHOWN = [WELDING, COOKING, BAKING]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("plus d'infos sur la deuxième", 1), ("la 2", 1), ("le 1er", 0), ("elle dure combien de temps la 1", 0),
        ("la 1ère formation", 0), ("numéro 3", 2), ("formation 2", 1), ("la troisième svp", 2), ("la dernière", -1),
        ("la seconde", 1), ("la 2eme minteress", 1), ("je prends la 3", 2), ("celle 2", 1),
    ],
)  # fmt: skip
def test_a_number_is_read_in_a_sentence(text: str, place: int) -> None:
    assert nth(normalise(text)) == place


@pytest.mark.parametrize(
    "text",
    [
        "c'est la première fois", "à partir du 1er mars", "la formation", "une formation", "le 2 mars", "dans le 29",
        "elle dure 3 mois", "les 3 mois", "le 7 h", "la formation dure 2 ans", "c'est combien", "",
    ],
)  # fmt: skip
def test_what_counts_something_else_is_no_number(text: str) -> None:
    assert nth(normalise(text)) is None


@pytest.mark.parametrize(
    ("rule", "said", "meant"),
    [
        ("a number", Pointing("la deuxieme"), [COOKING]),
        ("the last", Pointing("la derniere"), [BAKING]),
        ("a number beyond the list", Pointing("la 4"), []),
        ("a trade", Pointing("la formation soudeur", trade="soudeur"), [WELDING]),
        ("a place", Pointing("celle de quimper", place="quimper"), [COOKING]),
        ("a place of two", Pointing("celle de brest", place="brest"), [WELDING, BAKING]),
        ("a place and a month", Pointing("celle de brest en mars", place="brest"), [WELDING]),
        ("a month", Pointing("la formation de janvier"), [COOKING]),
        ("a title", Pointing("je veux le cap boulanger stp"), [BAKING]),
        ("a trade and a place that fit two courses", Pointing("", trade="soudeur", place="quimper"), []),
        ("what was not shown", Pointing("la formation plombier", trade="plombier"), []),
        ("nothing", Pointing("c est quoi les conditions"), []),
    ],
)
def test_a_course_is_named_by_number_trade_place_month_or_title(rule: str, said: Pointing, meant: list[Offer]) -> None:
    assert named(SHOWN, said) == meant, rule


def test_a_number_may_mean_what_is_offered_no_more_and_a_name_never_does() -> None:
    assert named([WELDING, None], Pointing("la 2")) == [None]
    assert named([WELDING, None], Pointing("celle de brest", place="brest")) == [WELDING]


@given(st.text(max_size=60), st.integers(0, 3))
def test_whatever_is_said_names_courses_that_were_shown(text: str, many: int) -> None:
    assert all(offer in SHOWN[:many] for offer in named(SHOWN[:many], Pointing(normalise(text))))


def test_a_number_after_au_names_a_course() -> None:
    assert nth(normalise("inscrivez moi au 1")) == 0
    assert nth(normalise("au 1er janvier")) is None
    assert nth(normalise("de 9h au 3 mars")) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("700h ca fait combien de mois", 700),
        ("1540 heures c est combien", 1540),
        ("35 h par semaine", None),
        ("a 9 h", None),
    ],
)
def test_the_hours_of_a_whole_course_are_read(text: str, hours: int | None) -> None:
    assert hours_in(text) == hours

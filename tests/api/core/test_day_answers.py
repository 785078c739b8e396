"""Whoever was asked for a day answers with a day and little else; what says or asks more is no answer."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from api.core.day_answers import DayAnswer, as_day, day_answer
from api.core.deadlines import read_deadline

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "le 12",
        "15 12",
        "Le 15/12.",
        "c'est le 12 décembre",
        "la date limite c'est le 12",
        "non le 14",
        "euh le 4 je crois",
        "dans 10 jours",
        "15 jours",
        "hier",
        "je l'ai reçue lundi",
        "je l'ai eue à la poste que lundi",
        "avant vendredi",
        "jusqu'au 9 décembre inclus",
        "mardi ou mercredi",
        "il y a 3 jours",
        "je dois répondre avant le 15 décembre",
        "pardon c'est plutôt le 20",
    ],
)
def test_a_day_and_little_else_is_an_answer(text: str) -> None:
    assert day_answer(text, TODAY) is DayAnswer.said


@pytest.mark.parametrize(
    "text",
    [
        "je sais pas",
        "jsp",
        "je ne vois pas de date",
        "y a pas de date",
        "aucune idée",
        "j'ai perdu la lettre",
        "c'est pas écrit",
        "je sais plus",
        "je ne la retrouve plus",
    ],
)
def test_who_does_not_know_says_so(text: str) -> None:
    assert day_answer(text, TODAY) is DayAnswer.unknown


@pytest.mark.parametrize(
    "text",
    [
        "c'est quand mon rendez-vous du 12 ?",
        "annule mardi",
        "je peux venir jeudi à la place",
        "où envoyer mes papiers",
        "c'est une arnaque",
        "oui",
        "non",
        "je veux parler à quelqu'un",
        "bonjour",
        "je touche combien le 5 ?",
        "06 39 98 00 31",
        "29000",
        "je sais pas lire",
        "je sais pas où l'envoyer",
        "je comprends pas",
        "je sais pas trop ce qui se passe avec eux mais ils m'ont tout coupé",
    ],
)
def test_what_says_something_else_is_none(text: str) -> None:
    assert day_answer(text, TODAY) is None


@given(st.integers(1, 180), st.sampled_from(["{}", "le {}", "non le {}", "c'est le {}", "avant le {} svp"]))
def test_every_day_to_come_is_an_answer_and_is_read(ahead: int, sentence: str) -> None:
    day = TODAY + timedelta(days=ahead)
    text = sentence.format(format_date(day, "d MMMM", locale="fr"))
    assert day_answer(text, TODAY) is DayAnswer.said
    found = read_deadline(as_day(text), TODAY)
    assert found
    assert found.day == day


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    day_answer(text, TODAY)

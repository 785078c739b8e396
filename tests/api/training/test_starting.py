"""A wish to begin is read as people in Brittany say it, and never from words that say something else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.normaliser import normalise
from api.training.starting import MONTHS, beginnings, months_named

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))


def on(text: str, today: date = TODAY) -> list[str | None]:
    return [time.on.isoformat() if time.on else None for time in beginnings(normalise(text), today)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pas avant mars", "2027-03-01"), ("à partir de janvier", "2027-01-01"), ("en février", "2027-02-01"),
        ("mars", "2027-03-01"), ("à partir du 1er mars", "2027-03-01"), ("le 15 mars", "2027-03-15"),
        ("après mars", "2027-04-01"), ("après le 15 mars", "2027-03-16"), ("après décembre", "2027-01-01"),
        ("fin mars", "2027-03-21"), ("mi-mars", "2027-03-11"), ("début mars", "2027-03-01"),
        ("mars 2028", "2028-03-01"), ("en 2027", "2027-01-01"), ("15/01", "2027-01-15"), ("15/01/28", "2028-01-15"),
        ("dans 2 mois", "2027-01-25"), ("dans trois semaines", "2026-12-16"), ("dans 10 jours", "2026-12-05"),
        ("le mois prochain", "2026-12-01"), ("la semaine prochaine", "2026-11-30"), ("l'année prochaine", "2027-01-01"),
        ("à la rentrée", "2027-09-01"), ("au printemps", "2027-03-20"), ("après l'été", "2027-09-01"),
        ("après les fêtes", "2027-01-02"), ("cet hiver", "2026-12-21"), ("jpeu pa avan mars", "2027-03-01"),
        ("en fév", "2027-02-01"), ("en desembre", "2026-12-01"), ("en mai", "2027-05-01"),
        ("fin fevrier", "2027-02-21"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_said(text: str, day: str) -> None:
    assert on(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "mais pas trop loin", "en main propre", "j'ai été soudeur", "une formation de 35 heures", "de la marée",
        "mai", "en maçonnerie", "le marché de Noé", "dans le 29", "avec un maître", "2 mois de stage", "",
    ],
)  # fmt: skip
def test_other_words_name_no_time(text: str) -> None:
    assert on(text) == []


@pytest.mark.parametrize("text", ["avant mars", "d'ici mars", "jusqu'en mars", "au plus tard en mars", "mars 2020"])
def test_a_time_by_when_or_long_past_bounds_nothing(text: str) -> None:
    assert on(text) == [None]


def test_what_has_begun_is_said_of_today_and_what_is_over_of_next_year() -> None:
    assert on("en novembre") == ["2026-11-25"]
    assert on("le 3 novembre") == ["2027-11-03"]
    assert on("en octobre") == ["2027-10-01"]
    assert on("cet hiver", date(2027, 1, 10)) == ["2027-01-10"]


def test_the_words_that_lead_to_a_time_are_part_of_it() -> None:
    text = "une formation pas avant le mois de mars svp"
    [time] = beginnings(text, TODAY)

    assert text[time.start : time.end].strip() == "pas avant le mois de mars"


@given(DAYS, st.sampled_from(MONTHS))
def test_a_month_is_always_ahead_and_never_more_than_a_year_away(today: date, month: str) -> None:
    [time] = beginnings(f"en {month}", today)

    assert time.on is not None
    assert 0 <= (time.on - today).days <= 366


@given(DAYS, st.integers(1, 31), st.sampled_from(MONTHS))
def test_a_day_that_a_month_does_not_have_is_its_last(today: date, day: int, month: str) -> None:
    [time] = beginnings(f"a partir du {day} {month}", today)

    assert time.on is not None
    assert time.on >= today
    assert time.on.day <= day


@given(st.text("abcdefghijklmnopqrstuvwxyz 0123456789/", max_size=60), DAYS)
def test_any_text_can_be_read(text: str, today: date) -> None:
    for time in beginnings(normalise(text), today):
        assert time.start < time.end
        assert time.on is None or time.on >= today


def test_months_are_named_whole_or_led_to() -> None:
    assert months_named("la session de mars ou d avril") == {3, 4}
    assert months_named("mais pas la premiere") == frozenset()

"""Times that would suit somebody instead of those offered; now is Thursday 26 November 2026, 10:00."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import PARIS
from api.core.dates.hours import OPEN
from api.core.wanted_times import Wanted, as_carried, begins_with_time, days_refused, hours_preferred, wanted_in

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("plutôt un après-midi", "2026-11-26//12:00/18:00"),
        # "midi" was heard in it: noon to two.
        ("lapré midi", "2026-11-26//12:00/18:00"),
        ("pluto laprem", "2026-11-26//12:00/18:00"),
        ("jpe lé apré midi", "2026-11-26//12:00/18:00"),
        ("le matin c'est mieux pour moi", "2026-11-26//08:00/12:00"),
        ("après le 10 décembre", "2026-12-10//08:00/20:00"),
        ("je suis dispo qu'à partir du 15", "2026-12-15//08:00/20:00"),
        ("d'ici la fin du mois", "2026-11-26/2026-11-30/08:00/20:00"),
        ("la semaine prochaine", "2026-11-30/2026-12-06/08:00/20:00"),
        ("je peux que le vendredi", "2026-11-27/2026-11-27/08:00/20:00"),
        ("plutôt jeudi ?", "2026-12-03/2026-12-03/08:00/20:00"),
        ("et vendredi 9h ?", "2026-11-27/2026-11-27/09:00/10:00"),
        ("pas avant 10h", "2026-11-26//10:00/20:00"),
        ("lundi je peux pas… vendredi plutôt", "2026-11-27/2026-11-27/08:00/20:00"),
        ("pas mardi, jeudi matin si possible", "2026-12-03/2026-12-03/08:00/12:00"),
        ("vous avez rien l'après-midi ?", "2026-11-26//12:00/18:00"),
    ],
)
def test_a_time_and_little_else_is_what_is_wanted(text: str, carried: str) -> None:
    assert str(wanted_in(text, NOW)) == carried


@pytest.mark.parametrize(
    "text",
    [
        "annule celui de mardi",
        "c'est quand mon rdv de mardi ?",
        "rappelez-moi demain matin",
        "je peux pas le matin",
        "je peux pas vendredi",
        "annule lundi, vendredi plutôt",
        "c'était hier",
        "le deuxième",
        "oui",
        "",
    ],
)
def test_what_says_more_or_refuses_wants_no_time(text: str) -> None:
    assert wanted_in(text, NOW) is None


@given(first=st.dates(), last=st.none() | st.dates(), hours=st.tuples(st.times(), st.times()))
def test_a_button_carries_it_to_the_minute(first: date, last: date | None, hours: tuple[time, time]) -> None:
    begins, ends = (hour.replace(second=0, microsecond=0) for hour in hours)
    wanted = Wanted(first, last, (begins, ends))
    assert as_carried(str(wanted)) == wanted


@pytest.mark.parametrize("carried", [None, "", "x", "2026-11-26", "2026-11-26//12:00/noon", "///"])
def test_what_a_button_carries_wrongly_is_nothing(carried: str | None) -> None:
    assert as_carried(carried) is None


def test_what_follows_begins_with_the_first_day_at_any_hour() -> None:
    friday = Wanted(date(2026, 11, 27), date(2026, 11, 27), (time(14), time(15)))
    assert friday.onwards == Wanted(date(2026, 11, 27), None, OPEN)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mercredi jpeu pa ya un otre jour", [2]),
        ("je peux pas mercredi je voudrais jeudi", [2]),
        ("jeudi plutôt, mercredi c'est pas possible", [2]),
        ("pas le 4, ni avant", [4]),
        ("je peux pas venir avant mardi", []),
        ("pourquoi pas mercredi", []),
        ("mercredi ça me va", []),
        ("j'ai pas compris", []),
    ],
)
def test_the_day_on_which_somebody_cannot_is_refused(text: str, days: list[int]) -> None:
    assert sorted(day.day for day in days_refused(text, NOW)) == days


def test_hours_that_are_preferred_stand_beside_anything_else() -> None:
    afternoon = time(12), time(18)
    assert hours_preferred("je peux avoir une date la semaine d'après ? plutot l'aprem", NOW) == afternoon
    assert hours_preferred("mon rdv de demain matin je peux pas", NOW) == OPEN


@pytest.mark.parametrize(
    ("text", "carried", "rest"),
    [
        ("lundi matin maï je lui di koi", "2026-11-30/2026-11-30/08:00/12:00", "je lui di koi"),
        ("lundi aprem alor. é jé un bébé", "2026-11-30/2026-11-30/12:00/18:00", "é jé un bébé"),
        ("mardi 10h et c'est quoi le cer", "2026-12-01/2026-12-01/10:00/11:00", "c'est quoi le cer"),
    ],
)
def test_a_message_may_begin_with_a_time(text: str, carried: str, rest: str) -> None:
    found = begins_with_time(text, NOW)
    assert found
    assert (str(found[0]), found[1]) == (carried, rest)


@pytest.mark.parametrize(
    "text",
    ["lundi, je peux pas", "j'ai rdv lundi mais je sais pas où", "lundi matin", "mardi, pas le matin", "et lundi"],
)
def test_what_begins_otherwise_or_refuses_that_time_does_not(text: str) -> None:
    assert begins_with_time(text, NOW) is None


def test_days_that_end_are_a_span() -> None:
    monday = as_carried("2026-11-30/2026-11-30/08:00/12:00")
    assert monday
    assert monday.span == (datetime(2026, 11, 30, 8, tzinfo=PARIS), datetime(2026, 11, 30, 12, tzinfo=PARIS))
    assert Wanted(date(2026, 11, 30), None, OPEN).span is None

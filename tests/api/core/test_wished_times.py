"""When people would like to be called, in their words; now is Wednesday 25 November 2026, 10:00."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import PARIS
from api.core.normaliser import normalise
from api.core.wished_times import wished

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("demain matin", "2026-11-26T08:00", "2026-11-26T12:00"),
        ("demain aprem svp", "2026-11-26T12:00", "2026-11-26T18:00"),
        ("jeudi après-midi", "2026-11-26T12:00", "2026-11-26T18:00"),
        ("rappelez moi mercredi", "2026-12-02T08:00", "2026-12-02T20:00"),
        ("vendredi à 14h30", "2026-11-27T14:30", "2026-11-27T15:30"),
        ("lundi après 17h", "2026-11-30T17:00", "2026-11-30T20:00"),
        ("après-demain avant 10h", "2026-11-27T08:00", "2026-11-27T10:00"),
        ("entre 14h et 16h", "2026-11-25T14:00", "2026-11-25T16:00"),
        ("vers 9h", "2026-11-26T09:00", "2026-11-26T10:00"),
        ("ce soir", "2026-11-25T17:00", "2026-11-25T20:00"),
        ("aujourd'hui", "2026-11-25T08:00", "2026-11-25T20:00"),
    ],
)
def test_a_wish_is_a_span(text: str, first: str, last: str) -> None:
    span = wished(normalise(text), NOW)
    assert span == (
        datetime.fromisoformat(first).replace(tzinfo=PARIS),
        datetime.fromisoformat(last).replace(tzinfo=PARIS),
    )


@pytest.mark.parametrize("text", ["rappelez-moi", "dès que possible", "mon numéro est le 06", ""])
def test_no_day_and_no_hour_is_no_wish(text: str) -> None:
    assert wished(normalise(text), NOW) is None


@given(st.text(max_size=60) | st.from_regex(r"(entre|apres|avant|a) \d{1,2} ?h ?\d{0,2}( et \d{1,2}h)?"))
def test_no_text_breaks_it_and_every_span_goes_forward(text: str) -> None:
    span = wished(normalise(text), NOW)
    assert span is None or span[0] <= span[1]

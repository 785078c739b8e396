"""Dates, sums and numbers are written as French people write them."""

from datetime import date

import pytest

from api.texts import formats


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("mardi 1er décembre", formats.day("2026-12-01T09:30:00+01:00")),
        ("mercredi 2 décembre", formats.day("2026-12-01T23:30:00+00:00")),
        ("dimanche 11 octobre", formats.day(date(2026, 10, 11))),
        ("mardi 1er décembre 2026", formats.long_day("2026-12-01")),
        ("1er avril 2026", formats.full_date("2026-04-01")),
        ("9 h 30", formats.clock_time("2026-12-01T08:30:00+00:00")),
        ("14 h", formats.clock_time("2026-07-01T12:00:00+00:00")),
        ("651,69\xa0€", formats.money("651.69")),
        ("20\xa0€", formats.money(20)),
        ("0\xa0€", formats.cents(0)),
        ("12,50\xa0€", formats.cents(1250)),
        (", par téléphone", formats.how("phone")),
        (", sur place", formats.how("public_office")),
        ("", formats.how("")),
        ("02 61 91 00 01", formats.phone("+33261910001")),
        ("3949", formats.phone("3949")),
        ("02 61 91 00 01", formats.phones(["+33261910001"])),
        ("02 61 91 00 01, 3949 ou 115", formats.phones(["+33261910001", "3949", "115"])),
        ("0261910001", formats.digits("+33261910001")),
        ("115", formats.digits("115")),
        ("moins de 1 km", formats.km(0.4)),
        ("13 km", formats.km(12.6)),
        ("a, b et c", formats.listing(["a", "b", "c"])),
    ],
)
def test_written_as_in_french(written: str, value: str) -> None:
    assert value == written


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        (7, "moins d'une semaine"),
        (35, "environ une semaine"),
        (70, "environ 2 semaines"),
        (350, "environ 10 semaines (2 mois)"),
        (700, "environ 20 semaines (5 mois)"),
        (1540, "environ 44 semaines (10 mois)"),
    ],
)
def test_hours_of_a_course_are_told_in_weeks_and_months(hours: int, written: str) -> None:
    assert formats.lasting(hours, 35) == written

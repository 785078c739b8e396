"""Opening hours are read as people say them."""

import pytest

from api.authorities.hours import DAYS, Hours, opening_phrase
from api.seed.files import authorities

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
MORNING = [["08:30", "12:00"]]


@pytest.mark.parametrize(
    ("hours", "phrase"),
    [
        (
            dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], DAY),
            "du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h",
        ),
        (
            {"mon": DAY, "tue": DAY, "thu": DAY, "wed": MORNING},
            "le lundi, le mardi et le jeudi, de 8 h 30 à 12 h et de 13 h 30 à 17 h ; le mercredi, de 8 h 30 à 12 h",
        ),
        ({"mon": MORNING, "tue": MORNING}, "le lundi et le mardi, de 8 h 30 à 12 h"),
        ({"sat": [["09:00", "12:05"]]}, "le samedi, de 9 h à 12 h 05"),
        (
            {"mon": MORNING, "tue": MORNING, "wed": MORNING, "fri": MORNING},
            "du lundi au mercredi et le vendredi, de 8 h 30 à 12 h",
        ),
        (
            {"fri": MORNING, "mon": DAY},
            "le lundi, de 8 h 30 à 12 h et de 13 h 30 à 17 h ; le vendredi, de 8 h 30 à 12 h",
        ),
        (dict.fromkeys(DAYS, [["00:00", "24:00"]]), "du lundi au dimanche, de 0 h à 24 h"),
        (
            {"mon": [["08:00", "10:00"], ["11:00", "12:00"], ["14:00", "16:00"]]},
            "le lundi, de 8 h à 10 h, de 11 h à 12 h et de 14 h à 16 h",
        ),
        ({"mon": MORNING, "tue": []}, "le lundi, de 8 h 30 à 12 h"),
        ({}, ""),
    ],
)
def test_days_of_equal_hours_are_said_together(hours: Hours, phrase: str) -> None:
    assert opening_phrase(hours) == phrase


def test_an_unknown_day_is_refused() -> None:
    with pytest.raises(ValueError):
        opening_phrase({"lun": MORNING})


@pytest.mark.parametrize("authority", [pytest.param(entry, id=entry["code"]) for entry in authorities()])
def test_the_hours_of_every_authority_fit_in_a_sentence(authority: dict[str, Hours]) -> None:
    assert 0 < len(opening_phrase(authority["hours"])) <= 120

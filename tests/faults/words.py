"""What people ask here, numbered, and what each question should be answered: an answer that went astray shows."""

import re
from datetime import UTC, datetime, timedelta

from api.texts.library import entries
from api.texts.schemas import Saying

GENERAL, PERSONAL = "greet", "ask_next_appointment"
"""An intent that everybody is answered, and one about a file."""
_TAG = re.compile(r"\b([qp])(\d+)[qp]\b")
_FIRST = datetime(2027, 1, 4, 8, tzinfo=UTC)


def question(number: int, *, personal: bool) -> str:
    """What is written. The letters round the number are what makes it no date and no code."""
    return f"quand est mon rendez-vous p{number}p" if personal else f"une formation q{number}q"


def answers(text: str) -> list[tuple[str, Saying]]:
    """What should be said to this text, one for each question in it, with the intent."""
    return [_answer(letter, int(number)) for letter, number in _TAG.findall(text)]


def _answer(letter: str, number: int) -> tuple[str, Saying]:
    if letter == "q":
        return GENERAL, _example("training_item", title=f"q{number}q")
    return PERSONAL, _example("appointment_next", starts_at=(_FIRST + timedelta(days=number)).isoformat())


def _example(name: str, **facts: str) -> Saying:
    return Saying(name, entries()[name].example | facts)

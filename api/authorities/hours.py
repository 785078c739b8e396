"""Opening hours as people read them."""

from collections.abc import Mapping, Sequence

DAYS = {
    "mon": "lundi",
    "tue": "mardi",
    "wed": "mercredi",
    "thu": "jeudi",
    "fri": "vendredi",
    "sat": "samedi",
    "sun": "dimanche",
}
ORDER = list(DAYS)

Hours = Mapping[str, Sequence[Sequence[str]]]
"""Weekday ("mon"…"sun") to [opens, closes] pairs in Paris time, as `authorities.hours` keeps them. Under CLOSED, what
notices take out of them: [starts, ends] pairs of instants."""
CLOSED = "closed"


def opening_phrase(hours: Hours) -> str:
    """ "du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h": days of equal hours are said together.

    Groups are parted by " ; ". Empty text when it never opens. Raises ValueError for an unknown weekday.
    """
    groups: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for day in sorted((day for day, spans in hours.items() if spans and day != CLOSED), key=ORDER.index):
        groups.setdefault(tuple(tuple(span) for span in hours[day]), []).append(ORDER.index(day))
    return " ; ".join(f"{_days(days)}, {_spans(spans)}" for spans, days in groups.items())


def _days(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return _and([words for run in runs for words in _run(run)])


def _run(run: list[int]) -> list[str]:
    names = [DAYS[ORDER[day]] for day in run]
    # Two days in a row are named: "du lundi au mardi" is not how people say it.
    return [f"du {names[0]} au {names[-1]}"] if len(run) > 2 else [f"le {name}" for name in names]


def _spans(spans: tuple[tuple[str, ...], ...]) -> str:
    return _and([f"de {_hour(opens)} à {_hour(closes)}" for opens, closes in spans])


def _hour(written: str) -> str:
    hour, _, minute = written.partition(":")
    return f"{int(hour)} h {minute}" if int(minute) else f"{int(hour)} h"


def _and(parts: list[str]) -> str:
    return " et ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]

"""Rows of the free hours: a few every working day of the next six weeks, while the team is open.

When a team offers hours on a day depends on both alone, so an hour has the same id whatever the day of the filling.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from api.appointments.tables import LocationType
from api.authorities.hours import Hours
from api.authorities.opening import spans
from api.core.clock import paris
from api.seed import files
from api.seed.appointments import MOTIFS, meeting
from api.seed.authorities import absence, caseworker_id, full_name, organisation_id
from api.seed.calendar import moment
from api.seed.files import Row, identifier

DAYS = 42
A_DAY = 3
CLOCKS = ("09:00", "09:45", "10:30", "11:15", "14:00", "14:45", "15:30")
LASTS = timedelta(minutes=45)
KINDS = ("orientation", "accompagnement", "contrat", "suivi")
WAYS = {LocationType.public_office: 80, LocationType.phone: 12, LocationType.visio: 8}
OWN = 0.3
"""How many hours are those of one professional, for the people whom they follow; the others are the team's."""


@dataclass(frozen=True)
class Diary:
    """What keeps a professional from receiving somebody else on a day."""

    today: date
    expected: frozenset[tuple[UUID | None, date]]
    """Caseworkers, and days on which they have an appointment."""

    def is_free(self, worker: Row, on: date) -> bool:
        """Whether they are there, with nobody to receive yet."""
        away = absence(worker, self.today)
        left, back = away["absent_from"], away["absent_until"]
        is_away = left is not None and left <= on and (back is None or on <= back)
        return not is_away and (caseworker_id(full_name(worker)), on) not in self.expected


def slots(today: date, appointments: list[Row]) -> list[Row]:
    """One row a free hour; `appointments` are the rows of those that professionals have."""
    expected = frozenset((row["caseworker_id"], paris(row["starts_at"]).date()) for row in appointments)
    diary, days = Diary(today, expected), [today + timedelta(days=ahead) for ahead in range(1, DAYS + 1)]
    return [slot for team, hours in _offering() for on in days for slot in _of_day(team, hours, on, diary)]


def _offering() -> Iterator[tuple[Row, Hours]]:
    for authority in files.authorities():
        for team in authority["organisations"]:
            if team.get("free_hours", True):
                yield team, team.get("hours", authority["hours"])


def _of_day(team: Row, hours: Hours, on: date, diary: Diary) -> list[Row]:
    draw, clocks = Random(f"{team['name']} / {on}"), _clocks(hours, on)
    there = [worker for worker in team["caseworkers"] if diary.is_free(worker, on)]
    chosen = sorted(draw.sample(clocks, min(A_DAY, len(clocks))))
    # From one day to the next another kind is left out, so that each is offered within a few days.
    kinds = [KINDS[(on.toordinal() + nth) % len(KINDS)] for nth in range(len(chosen))]
    return [
        _slot(team, on, clock, kind) | _how(team, draw) | _whose(kind, there, draw)
        for clock, kind in zip(chosen, kinds, strict=True)
    ]


def _clocks(hours: Hours, on: date) -> list[str]:
    """When an appointment may begin and end while the doors are open."""
    opened = spans(hours, on)
    return [
        clock
        for clock in CLOCKS
        if any(opens <= moment(on, clock) and moment(on, clock) + LASTS <= closes for opens, closes in opened)
    ]


def _slot(team: Row, on: date, clock: str, kind: str) -> Row:
    return {
        "id": identifier("slot", team["name"], on, clock),
        "organisation_id": organisation_id(team["name"]),
        "category": MOTIFS[kind][0],
        "starts_at": moment(on, clock),
        "duration_minutes": LASTS // timedelta(minutes=1),
    }


def _how(team: Row, draw: Random) -> Row:
    return meeting(draw.choices([*WAYS], [*WAYS.values()])[0], team)


def _whose(kind: str, there: list[Row], draw: Random) -> Row:
    # Whoever waits for an orientation has no professional yet.
    own = bool(there) and kind != "orientation" and draw.random() < OWN
    return {"caseworker_id": caseworker_id(full_name(draw.choice(there))) if own else None}

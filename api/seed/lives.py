"""A life of the crowd as it is told: facts and appointments in the form of the files, that agree.

Days count from the day of the filling. An appointment may move back by `SHIFT` days, to one when offices work: what
must come before it keeps that far away.
"""

from dataclasses import dataclass, field
from random import Random

from api.appointments.tables import LocationType, Status
from api.seed.files import Row

SHIFT = 6
CLOCKS = ("09:00", "09:45", "10:30", "11:15", "13:45", "14:30", "15:15", "16:00")
WAYS = dict(zip(LocationType, (75, 13, 5, 7), strict=True))
PAPERS = ("une pièce d'identité", "votre CV", "votre avis d'imposition", "un justificatif de domicile")


@dataclass
class Life:
    """One person's past and appointments, in the form of the files."""

    draw: Random
    team: str
    """Who follows them at the point where the life is told."""
    worker: str | None
    now_with: str
    """The team that follows them today."""
    away: bool = False
    """Nobody gives an appointment with a référent who is away."""
    pathway: list[Row] = field(default_factory=list)
    appointments: list[Row] = field(default_factory=list)
    invitation: Row | None = None

    def fact(self, kind: str, days: int, **detail: object) -> None:
        """Something happened."""
        self.pathway.append({"kind": kind, "days": days, **detail})

    def visit(self, kind: str, days: int, status: Status | None = None) -> None:
        """An appointment; without a status, to come, or not filled in yet."""
        # Whoever is not oriented yet has no référent.
        worker = None if kind == "orientation" else self.worker
        entry: Row = {"kind": kind, "days": days, "at": self.draw.choice(CLOCKS), "team": self.team, "with": worker}
        entry["by"] = self.draw.choices([*WAYS], [*WAYS.values()])[0]
        if status:
            entry["status"] = status
        if self.draw.random() < 0.3:
            entry["bring"] = self.draw.sample(PAPERS, self.draw.randint(1, 2))
        self.appointments.append(entry)

    def ahead(self, kind: str, chance: float) -> None:
        """Perhaps an appointment to come, which somebody may have cancelled, and perhaps one more."""
        if self.away or self.draw.random() > chance:
            return
        days = self.draw.randint(1, 25)
        cancelled = self.draw.choices([None, Status.excused, Status.revoked], [90, 5, 5])[0]
        self.visit(kind, days, cancelled)
        if self.draw.random() < 0.2:
            self.visit(kind, days + self.draw.randint(14, 24))

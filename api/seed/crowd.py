"""Everybody whom no file names: made from a constant, so the same on every machine and every day.

They are written as the files write people, in households; `api.seed.stages` says what happened to them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from api.authorities.communes import Commune, communes, distance_km
from api.authorities.service import authority_for_commune
from api.seed import files
from api.seed.authorities import full_name, workers
from api.seed.files import Row
from api.seed.lives import Life
from api.seed.stages import Stage, live

SEED = "les gens de Bretagne"
PEOPLE = {"cd22": 42, "cd29": 46, "cd35": 40, "cd56": 42, "region": 8, "brest": 30, "rennes": 32}
"""How many by authority; the last household may bring one more."""
STAGES = {
    Stage.unheard: 4,
    Stage.waiting: 14,
    Stage.oriented: 3,
    Stage.to_sign: 12,
    Stage.running: 38,
    Stage.ending: 7,
    Stage.ended: 6,
    Stage.broken: 4,
    Stage.moved: 6,
    Stage.closed: 6,
}
FOLLOWED = {Stage.to_sign, Stage.running, Stage.ending, Stage.ended, Stage.broken}
"""Stages of those who have a référent now."""
OLDEST, YOUNGEST = date(1964, 1, 1), date(2001, 6, 30)
RURAL = 3000
"""Inhabitants of a commune below which many depend on MSA."""
OTHER = {"madame": "monsieur", "monsieur": "madame"}


@cache
def people() -> dict[str, list[Row]]:
    """Households by authority code."""
    given = Given(Random(SEED))
    return {code: list(_households(code, size, given)) for code, size in PEOPLE.items()}


@dataclass
class Given:
    """What was drawn: names, case and telephone numbers, each once, except for those who share a telephone."""

    draw: Random
    names: set[tuple[str, str]] = field(default_factory=set)
    cases: int = 0
    phones: int = 0
    last: str | None = None

    def first_name(self, title: str, last: str) -> str:
        """One that nobody of this last name has."""
        first = self.draw.choice([one for one in files.names()[title] if (one, last) not in self.names])
        self.names.add((first, last))
        return first

    def case(self) -> str:
        """The next case number."""
        self.cases += 1
        return f"7{self.cases:06}"

    def phone(self, sharing: float) -> str | None:
        """The next mobile number, or that of the person before with this chance; a few people have none."""
        roll = self.draw.random()
        if roll < 0.05:
            return None
        if roll > 1 - sharing and self.last:
            return self.last
        self.last = f"06 39 98 {50 + self.phones // 100} {self.phones % 100:02}"
        self.phones += 1
        return self.last


def _households(code: str, size: int, given: Given) -> Iterator[Row]:
    count = 0
    while count < size:
        household = _household(code, given)
        count += len(household["members"])
        yield household


def _household(code: str, given: Given) -> Row:
    draw = given.draw
    stage = draw.choices([*STAGES], [*STAGES.values()])[0]
    home = draw.choices(*_homes(code))[0]
    team = _nearest(code, home)
    then = _nearest(draw.choice([other for other in PEOPLE if other != code]), home) if stage is Stage.moved else team
    worker = None if stage is Stage.to_sign and draw.random() < 0.15 else draw.choice(_teams()[then])
    adults = 1 + (draw.random() < 0.2)
    lives = [live(stage, Life(draw, then, worker, team, away=worker in _away())) for _ in range(adults)]
    return {
        "case": given.case(),
        "fund": "msa" if home.population < RURAL and draw.random() < 0.4 else "caf",
        "commune": home.name,
        "members": _members(lives, given),
        **({} if stage is Stage.unheard else {"team": team}),
        **({"with": worker} if worker and stage in FOLLOWED else {}),
    }


def _members(lives: list[Life], given: Given) -> list[Row]:
    """One person, or a couple: a name in common more often than not, and sometimes a telephone."""
    title, last = given.draw.choice([*OTHER]), given.draw.choice(files.names()["last"])
    found = [_person(lives[0], title, last, given) | {"phone": given.phone(sharing=0.02)}]
    for life in lives[1:]:
        own = last if given.draw.random() < 0.6 else given.draw.choice(files.names()["last"])
        partner = _person(life, OTHER[title], own, given)
        found.append(partner | {"phone": given.phone(sharing=0.35), "role": "conjoint"})
    return found


def _person(life: Life, title: str, last: str, given: Given) -> Row:
    return {
        "first": given.first_name(title, last),
        "last": last,
        "title": title,
        "born": OLDEST + timedelta(days=given.draw.randrange((YOUNGEST - OLDEST).days)),
        "confidential": given.draw.random() < 0.03,
        "pathway": life.pathway,
        "appointments": life.appointments,
        **({"invitation": life.invitation} if life.invitation else {}),
    }


def _nearest(code: str, home: Commune) -> str:
    """The nearest team of this authority that has professionals of its own."""
    authority = next(entry for entry in files.authorities() if entry["code"] == code)
    staffed = [team for team in authority["organisations"] if team["caseworkers"]]
    nearest: str = min(staffed, key=lambda team: distance_km(home, files.commune(team["commune"])))["name"]
    return nearest


@cache
def _homes(code: str) -> tuple[list[Commune], list[int]]:
    """Communes whose people this authority follows, and how many live in each; the Region follows them anywhere."""
    followed = [
        commune
        for commune in communes().values()
        # A file names a commune, and gets the largest of its homonyms.
        if files.commune(commune.name) is commune and code in ("region", authority_for_commune(commune.insee))
    ]
    return followed, [commune.population for commune in followed]


@cache
def _teams() -> dict[str, list[str]]:
    """Professionals by team."""
    found = defaultdict(list)
    for team, worker in workers():
        found[team["name"]].append(full_name(worker))
    return found


@cache
def _away() -> set[str | None]:
    return {full_name(worker) for _, worker in workers() if worker.get("absent", {}).get("from", 1) <= 0}

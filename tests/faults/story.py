"""A day, drawn from a seed: who writes when, which worker does what, and what breaks at which moment of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

PEOPLE = 6
SCENES = 5
PAUSES = (1.0, 6.0, 16.0, 25.0)
"""Seconds: a lease lasts fifteen, an SMS is left to a worker for twenty."""
DIES, SENDS = 0.3, 0.7


class Job(StrEnum):
    """What a worker does in one step."""

    turns = "turns"
    take = "take"
    send = "send"
    apply = "apply"
    settle = "settle"


LAST = {Job.turns: 50, Job.take: 12, Job.send: 14, Job.apply: 6, Job.settle: 4}
"""The last moment of each job at which something breaks: one turn has about forty."""


class Kind(StrEnum):
    """What may happen to whoever is at work, at one of its statements, commits or calls."""

    killed = "killed"
    """The process dies, and its connections with it."""
    cut = "cut"
    """PostgreSQL ends the connection."""
    full = "full"
    """The disk is full: SQLSTATE 53100."""
    unheard = "unheard"
    """The next commit is done, and the connection lost before that is heard."""
    frozen = "frozen"
    """SIGSTOP: it goes on later, and knows nothing of the time in between."""
    slow = "slow"
    """It only takes a little long: others work meanwhile."""


class Line(StrEnum):
    """What becomes of what a person, or the operator, sends."""

    good = "good"
    lost = "lost"
    """Stored; the answer never came back."""
    twice = "twice"


class Asked(StrEnum):
    """What Rasa does with a question."""

    answers = "answers"
    late = "late"
    """It is given up, and ends its work later."""
    away = "away"
    """Its work is done, and the line breaks."""
    refuses = "refuses"
    """It answers 500 and has done nothing."""
    silent = "silent"
    """It answers nothing, with 200."""


class Handed(StrEnum):
    """What a provider does with an SMS."""

    taken = "taken"
    refused = "refused"
    unsure_taken = "unsure_taken"
    unsure_lost = "unsure_lost"


class Way(StrEnum):
    """What the one provider of a day is like: `repeats_safely`, nothing, or `tells_all` and `hands_over_again`."""

    safe = "safe"
    plain = "plain"
    telling = "telling"


@dataclass(frozen=True)
class Fault:
    """One thing that breaks, at the `at`-th moment of a step."""

    kind: Kind
    at: int


@dataclass(frozen=True)
class Writes:
    """A person writes, or sends again what nobody has confirmed."""

    who: int
    line: Line = Line.good
    fault: Fault | None = None


@dataclass(frozen=True)
class Works:
    """A worker does one job."""

    worker: int
    job: Job
    fault: Fault | None = None
    asked: tuple[Asked, ...] = ()
    handed: tuple[Handed, ...] = ()


@dataclass(frozen=True)
class Passes:
    """Time passes."""

    seconds: float


@dataclass(frozen=True)
class Thaws:
    """What Rasa was late with is done; what was frozen or slow the longest goes on, or is killed where it stands."""

    dies: bool = False


@dataclass(frozen=True)
class Tells:
    """Receipts come, in any order, some twice."""

    order: int
    fault: Fault | None = None


Step = Writes | Works | Passes | Thaws | Tells


@dataclass(frozen=True)
class Story:
    """One day."""

    seed: int
    way: Way
    wrong: tuple[float, float]
    """By how many seconds the clock of each worker is wrong."""
    steps: tuple[Step, ...]

    def missing(self, index: int) -> "Story":
        """The same, one step shorter."""
        return replace(self, steps=(*self.steps[:index], *self.steps[index + 1 :]))

    def without(self, index: int) -> "Story":
        """The same with nothing broken in one step."""
        step = self.steps[index]
        if isinstance(step, Writes):
            step = Writes(step.who)
        elif isinstance(step, Works):
            step = Works(step.worker, step.job)
        elif isinstance(step, Tells):
            step = Tells(step.order)
        return replace(self, steps=(*self.steps[:index], step, *self.steps[index + 1 :]))


def draw(seed: int) -> Story:
    """The day of this seed: always the same."""
    chance = Random(seed)
    wrong = chance.choice([0.0, 0.0, 0.0, 60.0, -60.0])
    steps = tuple(step for _ in range(SCENES) for step in _scene(chance))
    return Story(seed, chance.choice(list(Way)), (0.0, wrong), steps)


def _scene(chance: Random) -> list[Step]:
    """Somebody writes and somebody works; the other worker comes upon what was left behind; what stood goes on."""
    who = chance.sample(range(PEOPLE), chance.randint(1, 3))
    written = [_written(chance, one) for one in who for _ in range(chance.choice([1, 1, 2]))]
    worker = chance.randrange(2)
    first: list[Step] = [
        _work(chance, worker, Job.take, 0.2),
        Passes(chance.choice([1.0, 2.5])),
        _work(chance, worker, Job.turns, 0.6),
    ]
    after = [_work(chance, 1 - worker, job, 0.2) for job in (Job.take, Job.turns)]
    steps: list[Step] = [*written, *first, Passes(chance.choice(PAUSES)), *after, Thaws(dies=chance.random() < DIES)]
    if chance.random() < SENDS:
        steps += _sending(chance, worker)
    return steps


def _sending(chance: Random, worker: int) -> list[Step]:
    first, then = _work(chance, worker, Job.send, 0.5), _work(chance, 1 - worker, Job.send, 0.2)
    told: list[Step] = [Tells(chance.randrange(1000), _fault(chance, 0.2, 4)), _work(chance, worker, Job.apply, 0.2)]
    chance.shuffle(told)
    return [first, Passes(chance.choice(PAUSES)), then, Thaws(), *told, _work(chance, worker, Job.settle, 0.2)]


def _written(chance: Random, who: int) -> Writes:
    return Writes(who, chance.choices(list(Line), [8, 1, 1])[0], _fault(chance, 0.15, LAST[Job.take]))


def _work(chance: Random, worker: int, job: Job, likely: float) -> Works:
    asked = tuple(chance.choices(list(Asked), [8, 3, 1, 1, 1])[0] for _ in range(3)) if job is Job.turns else ()
    handed = tuple(chance.choices(list(Handed), [6, 1, 1, 1])[0] for _ in range(3)) if job is Job.send else ()
    return Works(worker, job, _fault(chance, likely, LAST[job]), asked, handed)


def _fault(chance: Random, likely: float, last: int) -> Fault | None:
    if chance.random() >= likely:
        return None
    return Fault(chance.choices(list(Kind), [2, 1, 1, 1, 3, 1])[0], chance.randint(1, last))

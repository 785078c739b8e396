"""What somebody of the crowd has lived through, up to where they stand."""

from collections.abc import Callable
from enum import StrEnum
from random import Random

from api.appointments.tables import Status
from api.seed import files
from api.seed.lives import SHIFT, Life

OLDEST = -575
"""No contract is signed before: with what precedes it, a journal has two years."""
OFFERED = -14 - SHIFT
"""Who was known before may have been offered an appointment of tomorrow (`api.seed.pathways.OFFERED_BEFORE`)."""
LENGTHS = (180, 365)
"""Days of a contract."""
PAST = {Status.seen: 78, Status.excused: 9, Status.revoked: 5, Status.noshow: 8}
FAILED = (Status.excused, Status.revoked, Status.noshow)
PATHS = {"social": 40, "professional": 30, "socio_professional": 30}


class Stage(StrEnum):
    """Where somebody of the crowd stands."""

    unheard = "unheard"
    """Nothing is in their journal."""
    waiting = "waiting"
    oriented = "oriented"
    """Decided, and not told yet."""
    to_sign = "to_sign"
    running = "running"
    ending = "ending"
    """The contract ends within a month."""
    ended = "ended"
    broken = "broken"
    """The contract ended before its date."""
    moved = "moved"
    closed = "closed"


def live(stage: Stage, life: Life) -> Life:
    """The same life, lived up to this stage."""
    LIVED[stage](life)
    return life


def _waiting(life: Life) -> None:
    known = -life.draw.randint(3, 70)
    life.fact("rights_opened", known - life.draw.randint(10, 35))
    life.fact("known", known)
    if known < -45 and life.draw.random() < 0.4:
        life.visit("orientation", life.draw.randint(known + 15 + SHIFT, -8), life.draw.choice(FAILED))
    if known < -16 and life.draw.random() < 0.5:
        sent = life.draw.randint(known + 2, -2)
        # rdv-insertion: ten days, or for ever when the appointment is not obligatory.
        ends = {"expires": sent + 10} if life.draw.random() < 0.8 else {}
        life.invitation = {"kind": "orientation", "days": sent, **ends}
    else:
        life.ahead("orientation", 0.6 if known < OFFERED else 0)


def _oriented(life: Life) -> None:
    _begun(life, -life.draw.randint(1, 6))


def _to_sign(life: Life) -> None:
    notified = -life.draw.randint(3, 50)
    _begun(life, notified - life.draw.randint(2, 6))
    life.fact("notified", notified)
    if life.worker:
        life.fact("assigned", notified + 1, **{"with": life.worker})
        life.ahead("contrat", 0.8 if notified < OFFERED else 0)


def _running(life: Life) -> None:
    _under_contract(life, life.draw.randint(35, 320), until=-2)
    life.ahead("suivi", 0.6)


def _ending(life: Life) -> None:
    _under_contract(life, life.draw.randint(2, 28), until=-2)
    life.ahead("contrat", 0.4)


def _ended(life: Life) -> None:
    _under_contract(life, -life.draw.randint(1, 45), until=-2)
    life.ahead("contrat", 0.3)


def _broken(life: Life) -> None:
    broken = -life.draw.randint(10, 60)
    _under_contract(life, broken + life.draw.randint(20, 90), until=broken)
    life.fact("contract_ended", broken)
    life.ahead("suivi", 0.4)


def _moved(life: Life) -> None:
    moved = -life.draw.randint(8, 120)
    _under_contract(life, moved + life.draw.randint(20, 90), until=moved)
    life.fact("moved", moved, late=life.draw.randint(1, 20))
    life.team, life.worker = life.now_with, None
    life.ahead("orientation", 0.5 if moved < OFFERED else 0)


def _closed(life: Life) -> None:
    closed = -life.draw.randint(10, 240)
    _under_contract(life, closed + life.draw.randint(10, 90), until=closed)
    life.fact("closed", closed)


LIVED: dict[Stage, Callable[[Life], None]] = {
    Stage.unheard: lambda _: None,
    Stage.waiting: _waiting,
    Stage.oriented: _oriented,
    Stage.to_sign: _to_sign,
    Stage.running: _running,
    Stage.ending: _ending,
    Stage.ended: _ended,
    Stage.broken: _broken,
    Stage.moved: _moved,
    Stage.closed: _closed,
}


def _begun(life: Life, oriented: int) -> None:
    """From the opening of the rights to the orientation, sometimes at the second appointment."""
    held = oriented - life.draw.randint(1, 6)
    twice = life.draw.random() < 0.25
    known = held - (life.draw.randint(38, 60) if twice else life.draw.randint(22, 44))
    life.fact("rights_opened", known - life.draw.randint(8, 30))
    life.fact("known", known)
    if twice:
        life.visit("orientation", held - life.draw.randint(10, 16), life.draw.choice(FAILED))
    life.visit("orientation", held, Status.seen)
    path = life.draw.choices([*PATHS], [*PATHS.values()])[0]
    life.fact("oriented", oriented, path=path, team=life.team)


def _under_contract(life: Life, ends: int, until: int) -> None:
    """Orientation, référent, one contract after the other up to the one that ends then, and what was done meanwhile."""
    contracts = _contracts(life.draw, ends, until)
    first = contracts[0][0]
    assigned = first - life.draw.randint(22, 40)
    notified = assigned - life.draw.randint(1, 7)
    _begun(life, notified - life.draw.randint(2, 6))
    life.fact("notified", notified)
    life.fact("assigned", assigned, **{"with": life.worker})
    life.visit("accompagnement", life.draw.randint(assigned + SHIFT, first - SHIFT), Status.seen)
    for signed, end in contracts:
        life.visit("contrat", signed - life.draw.randint(1, 3), Status.seen)
        life.fact("contract_signed", signed, ends=end)
    _followed(life, first, until)


def _contracts(draw: Random, ends: int, until: int) -> list[tuple[int, int]]:
    """(signed, ends) of each contract, the oldest first; all are signed before `until`."""
    fitting = [length for length in LENGTHS if OLDEST <= ends - length < until - 30]
    found = [(ends - draw.choice(fitting), ends)]
    while draw.random() < 0.7:
        end = found[0][0] - draw.randint(0, 15)
        signed = end - draw.choice(LENGTHS)
        if signed < OLDEST:
            break
        found.insert(0, (signed, end))
    return found


def _followed(life: Life, since: int, until: int) -> None:
    """A visit every two months or so, and the steps that come out of it."""
    steps = life.draw.sample(list(files.steps()), len(files.steps()))
    day = since + life.draw.randint(20, 50)
    while day < until:
        late = day > -7 and life.draw.random() < 0.6
        status = None if late else life.draw.choices([*PAST], [*PAST.values()])[0]
        life.visit("suivi", day, status)
        if status is Status.seen and day + 1 < until and steps:
            _step(life, steps.pop(), day + 1, until)
        day += life.draw.randint(40, 75)


def _step(life: Life, step: str, planned: int, until: int) -> None:
    due = {"due": planned + life.draw.randint(20, 45)} if life.draw.random() < 0.9 else {}
    life.fact("step_planned", planned, step=step, **due)
    done = planned + life.draw.randint(10, 50)
    if done < until:
        life.fact("step_done", done, step=step)

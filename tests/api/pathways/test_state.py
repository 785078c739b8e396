"""The state of a pathway: the same whatever the order of arrival, and what a plain reading of the journal says."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.pathways.facts import Fact
from api.pathways.state import Stage, State, Step, derive
from api.pathways.tables import FactKind
from tests.api.pathways.journals import BEGINNING, journals

RIGHTS, KNOWS, ORIENTED, NOTIFIED = FactKind.rights_opened, FactKind.known, FactKind.oriented, FactKind.notified
ASSIGNED, OFFERED, HELD = FactKind.assigned, FactKind.appointment_offered, FactKind.appointment_held
SIGNED, ENDED, PLANNED, DONE = (
    FactKind.contract_signed,
    FactKind.contract_ended,
    FactKind.step_planned,
    FactKind.step_done,
)
MOVED, CLOSED = FactKind.moved, FactKind.closed
OPENING = {RIGHTS, KNOWS, ORIENTED, MOVED}


def day(number: int) -> date:
    return BEGINNING + timedelta(days=number)


# --- a second, plain reading: every value is said by what is true of the facts, with no pass over them


def order(one: Fact) -> tuple[date, int, float, int]:
    return (one.happened_on, list(FactKind).index(one.kind), one.known_at.timestamp(), one.id.int)


def earliest(facts: Iterable[Fact]) -> Fact | None:
    return min(facts, key=order, default=None)


def latest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=order, default=None)


def counting(written: list[Fact]) -> tuple[set[UUID], dict[UUID, Fact], str | None]:
    """Ids of the facts that count now, all facts by id, and where the person moved."""
    valid = [one for one in written if not one.withdrawn and not any(other.replaces_id == one.id for other in written)]

    def before(one: Fact, *kinds: FactKind) -> Fact | None:
        return latest(other for other in valid if other.kind in kinds and order(other) < order(one))

    def moves(one: Fact) -> bool:
        last = before(one, MOVED)
        return one.kind is MOVED and (last is None or last.detail != one.detail)

    def reopens(one: Fact) -> bool:
        shut, opened = before(one, CLOSED), before(one, *OPENING)
        return one.kind in OPENING and shut is not None and (opened is None or order(opened) < order(shut))

    begun = latest(one for one in valid if moves(one) or reopens(one))
    moved = latest(one for one in valid if one.kind is MOVED)
    now = {one.id for one in valid if begun is None or order(one) >= order(begun)}
    return now, {one.id: one for one in written}, moved.detail["authority"] if moved else None


def read(written: list[Fact]) -> State:
    ids, by_id, authority = counting(written)
    now = [by_id[one] for one in ids]

    def these(*kinds: FactKind, where: Callable[[Fact], bool] = lambda _: True) -> list[Fact]:
        return [one for one in now if one.kind in kinds and where(one)]

    oriented, decided = latest(these(ORIENTED)), latest(these(ORIENTED, ENDED))
    told = earliest(these(NOTIFIED, where=lambda one: decided is None or order(one) > order(decided)))
    agreed, first = latest(these(SIGNED, ENDED)), earliest(now)
    signed = agreed if agreed and agreed.kind is SIGNED else None
    stages: dict[Stage, Fact | None] = {
        Stage.closed: earliest(these(CLOSED)),
        Stage.contract: signed,
        Stage.to_sign: told,
        Stage.oriented: decided if decided and decided.kind is ORIENTED else None,
        Stage.ended: agreed,
        Stage.moved: first if first and first.kind is MOVED else None,
        Stage.waiting: earliest(these(KNOWS)) or earliest(these(RIGHTS)),
    }
    stage = next((stage for stage, began in stages.items() if began), Stage.unknown)
    began, held, last = stages.get(stage), latest(these(HELD)), latest(these(ASSIGNED))
    others = latest(these(ASSIGNED, where=lambda one: last is not None and one.detail != last.detail))
    theirs = earliest(these(ASSIGNED, where=lambda one: others is None or order(one) > order(others)))
    return State(
        stage=stage,
        since=began.happened_on if began else None,
        authority=authority,
        path=oriented.detail["path"] if oriented else None,
        organisation=UUID(oriented.detail["organisation"]) if oriented else None,
        notified_on=told.happened_on if told else None,
        caseworker=UUID(last.detail["caseworker"]) if last else None,
        followed_since=theirs.happened_on if theirs else None,
        changed=others is not None,
        signed_on=signed.happened_on if signed else None,
        ends_on=date.fromisoformat(signed.detail["ends_on"]) if signed else None,
        step=due_first(these(PLANNED, DONE)),
        held_on=held.happened_on if held else None,
    )


def due_first(steps: list[Fact]) -> Step | None:
    last = {
        one.detail["step"]: latest(other for other in steps if other.detail["step"] == one.detail["step"])
        for one in steps
    }
    to_do = [one.detail for one in last.values() if one and one.kind is PLANNED]
    due = sorted((one["due_on"] or "9999", one["title"]) for one in to_do)
    return Step(due[0][1], None if due[0][0] == "9999" else date.fromisoformat(due[0][0])) if due else None


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(journals(), st.integers(0, 2**32))
def test_a_journal_says_the_same_in_any_order_and_what_a_plain_reading_says(written: list[Fact], seed: int) -> None:
    shuffled = list(written)
    random.Random(seed).shuffle(shuffled)

    derived = derive(written)

    assert derived == read(written)
    assert derive(shuffled) == derived
    assert derive(reversed(written)) == derived

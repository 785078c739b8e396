"""The state of a pathway: the same whatever the order of arrival, and what a plain reading of the journal says."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.pathways.facts import Fact
from api.pathways.state import Stage, State, Step, derive
from api.pathways.tables import FactKind
from tests.api.pathways.journals import BEGINNING, PEOPLE, TEAMS, fact, journal, journals

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


# --- the rules, one case each


@pytest.mark.parametrize(
    ("rule", "facts", "stage", "since"),
    [
        ("nothing is known", [], Stage.unknown, None),
        ("a référent alone tells no stage", [(ASSIGNED, 1)], Stage.unknown, None),
        ("rights opened: waiting", [(RIGHTS, 0)], Stage.waiting, 0),
        ("the weeks count from the day the authority knew", [(RIGHTS, 0), (KNOWS, 9)], Stage.waiting, 9),
        ("known by two sources: the first day", [(KNOWS, 9), (KNOWS, 4)], Stage.waiting, 4),
        ("oriented", [(KNOWS, 0), (ORIENTED, 20)], Stage.oriented, 20),
        ("notified: to sign", [(ORIENTED, 20), (NOTIFIED, 22)], Stage.to_sign, 22),
        ("all in one day: to sign", [(NOTIFIED, 5), (ORIENTED, 5), (KNOWS, 5)], Stage.to_sign, 5),
        ("told again: from the first time", [(ORIENTED, 20), (NOTIFIED, 22), (NOTIFIED, 40)], Stage.to_sign, 22),
        ("oriented anew and not told yet", [(ORIENTED, 20), (NOTIFIED, 22), (ORIENTED, 30)], Stage.oriented, 30),
        ("signed", [(NOTIFIED, 22), (SIGNED, 30)], Stage.contract, 30),
        ("a letter after the signature changes nothing", [(SIGNED, 30), (NOTIFIED, 33)], Stage.contract, 30),
        ("renewed", [(SIGNED, 30), (SIGNED, 90)], Stage.contract, 90),
        ("ended before its date", [(SIGNED, 30), (ENDED, 60)], Stage.ended, 60),
        ("ended, then oriented anew", [(ORIENTED, 1), (SIGNED, 30), (ENDED, 60), (ORIENTED, 70)], Stage.oriented, 70),
        ("ended, then told anew", [(SIGNED, 30), (ENDED, 60), (ORIENTED, 70), (NOTIFIED, 71)], Stage.to_sign, 71),
        ("ended, then signed anew", [(SIGNED, 30), (ENDED, 60), (SIGNED, 80)], Stage.contract, 80),
        ("moved: nothing from before", [(ORIENTED, 1), (NOTIFIED, 2), (SIGNED, 3), (MOVED, 50)], Stage.moved, 50),
        ("known by the new authority: its weeks count from the move", [(MOVED, 50), (KNOWS, 55)], Stage.moved, 50),
        ("oriented where they moved", [(MOVED, 50), (ORIENTED, 60)], Stage.oriented, 60),
        ("what was decided before and is learnt after is not shown", [(MOVED, 50), (ORIENTED, 49)], Stage.moved, 50),
        ("closed", [(SIGNED, 30), (CLOSED, 60), (CLOSED, 65)], Stage.closed, 60),
        ("closed the day of a move", [(MOVED, 50), (CLOSED, 50)], Stage.closed, 50),
        ("open again", [(SIGNED, 30), (CLOSED, 60), (KNOWS, 80)], Stage.waiting, 80),
    ],
)
def test_the_stage_is_the_farthest_that_was_reached(
    rule: str, facts: list[tuple[FactKind, int]], stage: Stage, since: int | None
) -> None:
    derived = derive(journal(*facts))

    assert (derived.stage, derived.since) == (stage, None if since is None else day(since)), rule


def test_after_a_move_nothing_of_the_former_authority_is_left() -> None:
    before = [(ORIENTED, 1), (NOTIFIED, 2), (ASSIGNED, 3), (HELD, 4), (SIGNED, 5), (PLANNED, 6), (MOVED, 50)]

    assert derive(journal(*before)) == State(Stage.moved, day(50), authority="cd56")


def test_the_orientation_says_where_to() -> None:
    derived = derive([fact(ORIENTED, 1, 1), fact(ORIENTED, 2, 2)])

    assert (derived.path, derived.organisation) == ("social", TEAMS[0])


def test_a_contract_has_its_days_until_it_is_ended_before_them() -> None:
    signed = fact(SIGNED, 30, 1)

    assert (derive([signed]).signed_on, derive([signed]).ends_on) == (day(30), day(181))
    assert derive([signed, fact(ENDED, 60, 2)]).ends_on is None


@pytest.mark.parametrize(
    ("rule", "assigned", "caseworker", "since", "changed"),
    [
        ("the first", [(3, 1)], PEOPLE[1], 3, False),
        ("another", [(3, 1), (40, 2)], PEOPLE[0], 40, True),
        ("told twice of one", [(3, 1), (40, 3)], PEOPLE[1], 3, False),
        ("back again", [(3, 1), (40, 2), (60, 5)], PEOPLE[1], 60, True),
    ],
)
def test_who_follows_and_since_when(
    rule: str, assigned: list[tuple[int, int]], caseworker: UUID, since: int, changed: bool
) -> None:
    derived = derive([fact(ASSIGNED, on, number) for on, number in assigned])

    assert (derived.caseworker, derived.followed_since, derived.changed) == (caseworker, day(since), changed), rule


def step(kind: FactKind, on: int, word: str, number: int, due: int | None = None) -> Fact:
    said = {"step": word} if kind is DONE else {"step": word, "title": word, "due_on": due and day(due).isoformat()}
    return fact(kind, on, number, detail=said)


@pytest.mark.parametrize(
    ("rule", "facts", "title"),
    [
        ("the one due first", [step(PLANNED, 1, "cv", 1, 30), step(PLANNED, 1, "stage", 2, 20)], "stage"),
        ("a date comes before no date", [step(PLANNED, 1, "bilan", 1), step(PLANNED, 1, "stage", 2, 20)], "stage"),
        ("what is done is not to do", [step(PLANNED, 1, "cv", 1, 9), step(DONE, 3, "cv", 2)], None),
        ("planned and done in one day", [step(DONE, 1, "cv", 2), step(PLANNED, 1, "cv", 1, 9)], None),
        ("done, then planned again", [step(DONE, 1, "cv", 2), step(PLANNED, 5, "cv", 1, 9)], "cv"),
    ],
)
def test_the_next_step_is_planned_and_not_done(rule: str, facts: list[Fact], title: str | None) -> None:
    found = derive(facts).step

    assert (found.title if found else None) == title, rule


def test_an_appointment_offered_is_not_one_that_was_held() -> None:
    assert derive(journal((OFFERED, 3))).held_on is None
    assert derive(journal((HELD, 3), (HELD, 9), (OFFERED, 12))).held_on == day(9)

"""Journals tell what the files promise, and never what appointments contradict."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest

from api.appointments.tables import Status
from api.core.clock import paris
from api.pathways import state
from api.pathways.delays import Limits, Term, contract, wait
from api.pathways.details import checked
from api.pathways.facts import Fact, episode, standing
from api.pathways.state import State, derive
from api.pathways.tables import FactKind
from api.seed import appointments
from api.seed.authorities import caseworker_id
from api.seed.members import Member, members, named
from api.seed.pathways import facts, of_member
from tests.api.seed.filling import DAY, NOON
from tests.api.seed.journals import told

# A Monday, a Sunday, the day after Christmas and one of May's bridges.
DAYS = [DAY, date(2026, 11, 29), date(2026, 12, 26), date(2027, 5, 9)]
LIMITS = Limits(orientation_weeks=6, contract_sign_months=1)
EVERYBODY = list(members())
ORDER = [FactKind.rights_opened, FactKind.known, FactKind.oriented, FactKind.notified, FactKind.contract_signed]


def somebody(phone: str) -> Member:
    (found,) = [one for one in named() if one.person["phone"] == f"06 39 98 {phone}"]
    return found


def journal(member: Member, today: date = DAY) -> list[Fact]:
    return told(of_member(member, today, NOON))


def stands(phone: str) -> State:
    return derive(journal(somebody(phone)))


def term(phone: str) -> tuple[Term, int]:
    held = contract(stands(phone), DAY)
    assert held
    return held.term, (held.ends_on - DAY).days


def test_every_kind_of_fact_is_told_and_every_detail_is_of_the_right_shape() -> None:
    rows = facts(DAY, NOON)
    assert {row["kind"] for row in rows} == set(FactKind)
    for row in rows:
        assert checked(row["kind"], row["detail"]) == row["detail"] or row["withdrawn"]


def test_every_stage_has_its_people() -> None:
    counted = Counter(derive(journal(member)).stage for member in EVERYBODY)
    assert set(counted) == set(state.Stage)
    assert min(counted.values()) >= 5
    assert counted[state.Stage.contract] > len(EVERYBODY) / 3


@pytest.mark.parametrize(
    ("phone", "stage"),
    [
        ("41 01", state.Stage.waiting),
        ("41 02", state.Stage.waiting),
        ("41 03", state.Stage.to_sign),
        ("41 04", state.Stage.contract),
        ("41 05", state.Stage.contract),
        ("41 06", state.Stage.contract),
        ("41 07", state.Stage.moved),
        ("41 08", state.Stage.closed),
        ("41 09", state.Stage.unknown),
        ("41 10", state.Stage.contract),
        ("41 11", state.Stage.contract),
        ("41 12", state.Stage.to_sign),
        ("41 13", state.Stage.contract),
        ("42 04", state.Stage.to_sign),
        ("42 06", state.Stage.waiting),
        ("42 07", state.Stage.waiting),
        ("42 08", state.Stage.waiting),
    ],
)
def test_people_with_a_note_stand_where_it_says(phone: str, stage: state.Stage) -> None:
    assert stands(phone).stage is stage


@pytest.mark.parametrize(
    ("phone", "days", "overdue"), [("41 01", 47, True), ("41 02", 12, False), ("41 03", 10, False)]
)
def test_who_waits_has_waited_for_as_long_as_promised(phone: str, days: int, overdue: bool) -> None:
    waits = wait(stands(phone), DAY, LIMITS)
    assert waits
    assert (waits.days, waits.overdue) == (days, overdue)


@pytest.mark.parametrize(
    ("phone", "held"),
    [
        ("41 04", (Term.running, 215)),
        ("41 05", (Term.ending, 20)),
        ("41 06", (Term.ended, -10)),
        ("41 13", (Term.running, 40)),
    ],
)
def test_contracts_end_when_promised(phone: str, held: tuple[Term, int]) -> None:
    assert term(phone) == held


def test_the_next_step_is_the_one_promised() -> None:
    step = stands("41 04").step
    assert step
    assert (step.title, step.due_on) == ("atelier CV", DAY + timedelta(days=14))


def test_who_moved_is_followed_by_the_new_authority_and_nobody_yet() -> None:
    moved = stands("41 07")
    assert (moved.authority, moved.since, moved.caseworker) == ("cd56", DAY - timedelta(days=21), None)


def test_who_changed_of_caseworker_did_so_when_promised() -> None:
    changed = stands("41 11")
    assert (changed.changed, changed.followed_since) == (True, DAY - timedelta(days=12))
    assert changed.caseworker == caseworker_id("Maïna Kervinoux")


def test_the_absent_caseworker_is_the_one_of_the_note() -> None:
    assert stands("41 10").caseworker == caseworker_id("Aziliz Morvannec")


def test_a_team_without_a_caseworker_is_a_team_all_the_same() -> None:
    alone = stands("41 12")
    assert alone.organisation == somebody("41 12").organisation_id
    assert alone.caseworker is None


def test_nothing_is_told_of_whom_nothing_is_known() -> None:
    unheard = somebody("41 09")
    assert journal(unheard) == []
    assert (unheard.organisation_id, unheard.caseworker_id) == (None, None)


def test_a_correction_and_a_withdrawal_are_told() -> None:
    rows = [fact for member in named() for fact in journal(member)]
    corrected = [fact for fact in rows if fact.replaces_id]
    assert {fact.withdrawn for fact in corrected} == {True, False}
    assert {fact.replaces_id for fact in corrected} <= {fact.id for fact in rows}


@pytest.mark.parametrize("today", DAYS)
def test_a_fact_is_known_after_it_happened_and_never_before_the_filling(today: date) -> None:
    for member in EVERYBODY:
        for fact in journal(member, today):
            assert fact.happened_on <= paris(fact.known_at).date() <= today
            assert fact.happened_on >= today - timedelta(days=731)


@pytest.mark.parametrize("today", DAYS)
def test_facts_come_in_the_order_of_the_law(today: date) -> None:
    for member in EVERYBODY:
        first: dict[FactKind, date] = {}
        for fact in standing(journal(member, today)):
            first.setdefault(fact.kind, fact.happened_on)
        reached = [first[kind] for kind in ORDER if kind in first]
        assert reached == sorted(reached), member.person
        missing = [kind for kind in ORDER if kind not in first]
        assert missing == ORDER[len(reached) :], member.person


@pytest.mark.parametrize("today", DAYS)
def test_an_appointment_is_offered_to_somebody_known_and_held_after_it_was_offered(today: date) -> None:
    for member in EVERYBODY:
        valid = standing(journal(member, today))
        known = [fact.happened_on for fact in valid if fact.kind is FactKind.known]
        offered = [fact.happened_on for fact in valid if fact.kind is FactKind.appointment_offered]
        held = [fact.happened_on for fact in valid if fact.kind is FactKind.appointment_held]
        assert not offered or known[0] <= min(offered), member.person
        assert not held or min(offered) < min(held), member.person


@pytest.mark.parametrize("today", DAYS)
def test_an_appointment_is_held_on_the_day_of_one_where_the_person_was_seen(today: date) -> None:
    seen: dict[UUID, Counter[date]] = {}
    for row in appointments.appointments(today, NOON):
        if row["status"] is Status.seen:
            seen.setdefault(row["beneficiary_id"], Counter())[paris(row["starts_at"]).date()] += 1
    for member in EVERYBODY:
        held = [fact.happened_on for fact in journal(member, today) if fact.kind is FactKind.appointment_held]
        assert Counter(held) == seen.get(member.id, Counter())


def test_a_contract_is_signed_with_a_later_end_and_only_once_the_former_is_over() -> None:
    for member in EVERYBODY:
        signed = [fact for fact in standing(journal(member)) if fact.kind is FactKind.contract_signed]
        spans = [(fact.happened_on, date.fromisoformat(fact.detail["ends_on"])) for fact in signed]
        assert all(began < ends for began, ends in spans)
        assert all(ends <= began for (_, ends), (began, _) in zip(spans, spans[1:], strict=False)), member.person


def test_a_step_is_done_after_it_was_planned() -> None:
    for member in EVERYBODY:
        planned: set[str] = set()
        for fact in standing(journal(member)):
            if fact.kind is FactKind.step_planned:
                planned.add(fact.detail["step"])
            assert fact.kind is not FactKind.step_done or fact.detail["step"] in planned


def test_nothing_happens_once_a_pathway_is_closed() -> None:
    for member in EVERYBODY:
        valid = standing(journal(member))
        assert all(fact.kind is not FactKind.closed for fact in valid[:-1]), member.person


def test_a_file_names_the_caseworker_of_its_journal() -> None:
    for member in EVERYBODY:
        following = derive(journal(member))
        if following.stage is state.Stage.closed:
            assert member.caseworker_id is None
        elif following.caseworker:
            assert following.caseworker == member.caseworker_id, member.person


def test_a_file_names_the_team_of_its_journal() -> None:
    for member in EVERYBODY:
        following = derive(journal(member))
        assert following.organisation in (None, member.organisation_id), member.person
        assert following.authority in (None, member.authority), member.person


def test_a_signature_to_come_is_awaited_by_somebody_without_a_lasting_contract() -> None:
    for member in EVERYBODY:
        awaited = any(visit["kind"] == "contrat" and visit["days"] > 0 for visit in member.person["appointments"])
        held = contract(derive(journal(member)), DAY)
        assert not awaited or held is None or held.term is not Term.running, member.person


def test_an_orientation_to_come_is_awaited_by_somebody_who_is_not_oriented() -> None:
    for member in EVERYBODY:
        ahead = any(visit["kind"] == "orientation" and visit["days"] > 0 for visit in member.person["appointments"])
        now = episode(journal(member))
        assert not ahead or now.last(FactKind.oriented) is None, member.person

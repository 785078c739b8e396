"""A life that is told up to a stage stands at that stage, whatever the day and whatever was drawn."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pathways import state
from api.pathways.delays import Term, contract
from api.pathways.state import derive
from api.seed.files import Row
from api.seed.lives import Life
from api.seed.members import Member
from api.seed.pathways import of_member
from api.seed.stages import Stage, live
from tests.api.seed.filling import NOON
from tests.api.seed.journals import told

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
SEEDS = st.integers(0, 10_000)
TEAM, OTHER = "CDAS de Quimper", "Centre médico-social de Vannes"
STANDS = {
    Stage.unheard: (state.Stage.unknown, None),
    Stage.waiting: (state.Stage.waiting, None),
    Stage.oriented: (state.Stage.oriented, None),
    Stage.to_sign: (state.Stage.to_sign, None),
    Stage.running: (state.Stage.contract, Term.running),
    Stage.ending: (state.Stage.contract, Term.ending),
    Stage.ended: (state.Stage.contract, Term.ended),
    Stage.broken: (state.Stage.ended, Term.ended),
    Stage.moved: (state.Stage.moved, None),
    Stage.closed: (state.Stage.closed, None),
}


def lived(stage: Stage, seed: int, *, away: bool = False) -> Member:
    life = live(stage, Life(Random(seed), TEAM, "Ronan Pellennec", OTHER if stage is Stage.moved else TEAM, away))
    person: Row = {"first": "Yuna", "last": "Gloagueneuc", "born": date(1990, 5, 14)}
    person |= {"pathway": life.pathway, "appointments": life.appointments}
    return Member("cd29", {"case": str(seed), "team": TEAM}, person)


@pytest.mark.parametrize("stage", Stage)
@settings(deadline=None)  # The first day of a year finds out its holidays.
@given(today=DAYS, seed=SEEDS)
def test_a_life_stands_where_it_was_told_to(stage: Stage, today: date, seed: int) -> None:
    stands = derive(told(of_member(lived(stage, seed), today, NOON)))
    held = contract(stands, today)
    assert (stands.stage, held.term if held else None) == STANDS[stage]


@pytest.mark.parametrize("stage", Stage)
@given(seed=SEEDS)
def test_a_life_has_two_years_at_most_and_nothing_of_tomorrow(stage: Stage, seed: int) -> None:
    days = [fact["days"] for fact in lived(stage, seed).person["pathway"]]
    assert all(-731 <= day <= -1 for day in days)


@pytest.mark.parametrize("stage", Stage)
@given(seed=SEEDS)
def test_nobody_is_expected_by_somebody_who_is_away(stage: Stage, seed: int) -> None:
    visits = lived(stage, seed, away=True).person["appointments"]
    assert [visit for visit in visits if visit["days"] > 0 and visit["with"]] == []


def test_lives_of_every_length_are_told() -> None:
    ages = [-min(fact["days"] for fact in lived(Stage.running, seed).person["pathway"]) for seed in range(200)]
    assert min(ages) < 150
    assert max(ages) > 650

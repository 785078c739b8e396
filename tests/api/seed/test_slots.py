"""Free hours are on working days while the team is open, of every kind, and never while a professional is engaged."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.appointments.tables import LocationType
from api.authorities.opening import is_open
from api.core.clock import paris
from api.core.public_holidays import is_holiday
from api.seed import appointments, authorities, files
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.calendar import moment
from api.seed.files import Row
from api.seed.slots import DAYS, LASTS, slots
from tests.api.seed.filling import DAY, NOON

KINDS = {"rsa_orientation", "rsa_accompagnement", "rsa_cer_signature", "rsa_follow_up"}
TEAMS = {
    organisation_id(team["name"]): (team, team.get("hours", authority["hours"]))
    for authority in files.authorities()
    for team in authority["organisations"]
}
FREE = slots(DAY, appointments.appointments(DAY, NOON))


def of(name: str, *, team_wide: bool = False) -> list[Row]:
    mine = [slot for slot in FREE if slot["organisation_id"] == organisation_id(name)]
    return [slot for slot in mine if not (team_wide and slot["caseworker_id"])]


def test_there_are_about_fifteen_hundred_and_each_is_once() -> None:
    assert 1300 <= len(FREE) <= 1600
    assert len({slot["id"] for slot in FREE}) == len(FREE)


@settings(max_examples=10, deadline=None)  # Six weeks of every team, each time.
@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_every_hour_is_on_a_working_day_to_come_while_the_team_is_open(today: date) -> None:
    for slot in slots(today, []):
        starts, (_, hours) = paris(slot["starts_at"]), TEAMS[slot["organisation_id"]]
        assert today < starts.date() <= today + timedelta(days=DAYS)
        assert starts.weekday() < 5
        assert not is_holiday(starts.date())
        assert time(9) <= starts.time() <= time(15, 30)
        assert is_open(hours, starts)
        assert is_open(hours, starts + LASTS - timedelta(minutes=1))


@pytest.mark.parametrize("name", [team["name"] for team, _ in TEAMS.values() if team.get("free_hours", True)])
def test_every_kind_is_offered_to_a_whole_team_several_times_in_two_weeks(name: str) -> None:
    soon = [slot for slot in of(name, team_wide=True) if slot["starts_at"] < NOON + timedelta(days=14)]
    counted = Counter(slot["category"] for slot in soon)
    assert set(counted) == KINDS
    assert min(counted.values()) >= 2


def test_some_teams_offer_nothing() -> None:
    assert of("France Travail Pontivy") == []
    assert 15 <= len({slot["organisation_id"] for slot in FREE}) < len(TEAMS)


def test_hours_are_at_the_office_by_telephone_or_by_video() -> None:
    ways = Counter(slot["location_type"] for slot in FREE)
    assert set(ways) == {LocationType.public_office, LocationType.phone, LocationType.visio}
    assert ways[LocationType.public_office] > len(FREE) / 2
    for slot in FREE:
        assert (slot["address"] is not None) is (slot["location_type"] is LocationType.public_office)
        assert (slot["call_from"] is not None) is (slot["location_type"] is LocationType.phone)


def test_some_hours_are_those_of_one_professional_of_the_team_never_for_an_orientation() -> None:
    team_of = {row["id"]: row["organisation_id"] for row in authorities.caseworkers(DAY)}
    own = [slot for slot in FREE if slot["caseworker_id"]]
    assert 100 < len(own) < len(FREE) / 2
    assert "rsa_orientation" not in {slot["category"] for slot in own}
    assert [slot for slot in own if team_of[slot["caseworker_id"]] != slot["organisation_id"]] == []


def test_nobody_offers_an_hour_on_a_day_of_absence() -> None:
    back, unknown = caseworker_id("Aziliz Morvannec"), caseworker_id("Loeiza Bodiguen")
    own = [paris(slot["starts_at"]).date() for slot in FREE if slot["caseworker_id"] == back]
    assert own
    assert min(own) > DAY + timedelta(days=10)
    assert not [slot for slot in FREE if slot["caseworker_id"] == unknown]


def test_nobody_offers_an_hour_on_a_day_when_they_receive_somebody() -> None:
    own = next(slot for slot in FREE if slot["caseworker_id"])
    meets = [{"caseworker_id": own["caseworker_id"], "starts_at": own["starts_at"] + timedelta(hours=1)}]
    again = {slot["id"]: slot for slot in slots(DAY, meets)}
    assert again[own["id"]]["caseworker_id"] != own["caseworker_id"]


def test_an_hour_is_the_same_whatever_the_day_of_the_filling() -> None:
    """Somebody who was offered it before the night may take it after."""
    first, then = ({slot["id"]: slot["starts_at"] for slot in slots(DAY + timedelta(days=n), [])} for n in (0, 1))
    tomorrow = moment(DAY + timedelta(days=2), "00:00")
    assert {one for one, starts in first.items() if starts >= tomorrow} <= set(then)


def test_the_clock_reads_the_same_on_both_sides_of_a_change_of_hour() -> None:
    clocks: dict[timedelta | None, set[time]] = {}
    for slot in slots(date(2026, 10, 12), []):
        starts = paris(slot["starts_at"])
        clocks.setdefault(starts.utcoffset(), set()).add(starts.time())
    summer, winter = clocks.values()
    assert summer == winter

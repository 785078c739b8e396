"""The crowd is invented, plausible, the same everywhere, and as varied as what is said to people."""

import os
import re
import subprocess
import sys
from collections import Counter

from api.appointments.tables import LocationType, Status
from api.authorities.communes import distance_km
from api.seed import crowd, files
from api.seed.authorities import full_name, staff, workers
from api.seed.crowd import PEOPLE
from api.seed.members import members, named

NAMED = list(named())
CROWD = list(members())[len(NAMED) :]
PHONES = Counter(member.person["phone"] for member in CROWD if member.person["phone"])
VISITS = [visit for member in CROWD for visit in member.person["appointments"]]


def test_every_authority_has_as_many_as_was_wanted() -> None:
    counted = Counter(member.authority for member in CROWD)
    assert all(PEOPLE[code] <= counted[code] <= PEOPLE[code] + 1 for code in PEOPLE)
    assert len(CROWD) + len(NAMED) >= 300


def test_nobody_of_it_is_on_the_page_of_the_demonstration() -> None:
    assert [member.person["last"] for member in CROWD if "note" in member.person] == []


def test_no_two_of_it_have_one_case_or_one_name() -> None:
    cases = Counter(member.household["case"] for member in [*CROWD, *NAMED])
    assert max(cases.values()) <= 2
    names = Counter((member.person["first"], member.person["last"]) for member in [*CROWD, *NAMED])
    assert max(names.values()) == 1


def test_nobody_of_it_has_the_last_name_of_somebody_of_the_files() -> None:
    known = {member.person["last"] for member in NAMED} | {worker["last"] for _, worker in staff()}
    assert known.isdisjoint(files.names()["last"])
    assert all(len(set(names)) == len(names) for names in files.names().values())


def test_its_numbers_are_of_its_own_block() -> None:
    assert [number for number in PHONES if not re.fullmatch(r"06 39 98 5[0-3] \d\d", number)] == []


def test_some_share_a_number_in_one_household_or_in_two_and_some_have_none() -> None:
    sharing = {number for number, count in PHONES.items() if count > 1}
    homes = {number: {one.household["case"] for one in CROWD if one.person["phone"] == number} for number in sharing}
    assert {len(cases) for cases in homes.values()} >= {1, 2}
    assert any(member.person["phone"] is None for member in CROWD)


def test_some_are_confidential_some_depend_on_msa_and_some_are_couples() -> None:
    assert 3 <= sum(member.person["confidential"] for member in CROWD) <= 15
    assert {member.household["fund"] for member in CROWD} == {"caf", "msa"}
    assert {len(member.household["members"]) for member in CROWD} == {1, 2}


def test_everybody_is_of_working_age() -> None:
    assert {25 <= 2026 - member.person["born"].year <= 62 for member in CROWD} == {True}


def test_a_team_is_not_farther_than_another_of_the_same_authority_that_has_professionals() -> None:
    of = {team["name"]: team for authority in files.authorities() for team in authority["organisations"]}
    codes = {team["name"]: entry["code"] for entry in files.authorities() for team in entry["organisations"]}
    for member in CROWD:
        home = files.commune(member.household["commune"])
        if "team" in member.household:
            near = distance_km(home, files.commune(of[member.household["team"]]["commune"]))
            others = [team for name, team in of.items() if codes[name] == member.authority and team["caseworkers"]]
            assert near <= min(distance_km(home, files.commune(team["commune"])) for team in others)


def test_a_professional_follows_people_of_their_own_team() -> None:
    teams = {full_name(worker): team["name"] for team, worker in workers()}
    followed = [member.household for member in CROWD if "with" in member.household]
    assert [household for household in followed if teams[household["with"]] != household["team"]] == []
    assert {household["with"] for household in followed} > {"Aziliz Morvannec", "Loeiza Bodiguen"}


def test_appointments_end_in_every_way_and_most_were_held() -> None:
    ended = Counter(visit["status"] for visit in VISITS if "status" in visit)
    assert set(ended) == set(Status) - {Status.unknown}
    assert ended[Status.seen] > sum(ended.values()) / 2
    assert {visit["by"] for visit in VISITS} == set(LocationType)


def test_what_became_of_an_appointment_is_unknown_only_lately() -> None:
    late = [visit["days"] for visit in VISITS if visit["days"] < 0 and "status" not in visit]
    assert late
    assert min(late) > -7


def test_some_have_an_appointment_ahead_and_more_have_none() -> None:
    ahead = [any(visit["days"] > 0 for visit in member.person["appointments"]) for member in CROWD]
    assert len(CROWD) / 5 < sum(ahead) < len(CROWD) / 2


def test_it_is_the_same_each_time_it_is_made() -> None:
    # Sets are walked in an order that this variable decides.
    made = [sys.executable, "-c", "from api.seed import crowd; print(crowd.people())"]
    again = subprocess.run(made, env=os.environ | {"PYTHONHASHSEED": "7"}, check=True, capture_output=True, text=True)
    assert again.stdout.strip() == str(crowd.people())

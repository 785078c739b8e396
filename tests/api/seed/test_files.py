"""The demonstration invents every person and keeps to real communes."""

import re

import pytest

from api.authorities.service import authority_for_commune
from api.core.folding import fold
from api.seed import files
from api.seed.authorities import staff
from api.seed.members import members, named
from api.training.trades import trades

MOBILE, LANDLINE = r"06 39 98 \d\d \d\d", r"02 61 91 \d\d \d\d"


def test_every_telephone_number_is_of_a_block_kept_for_fiction() -> None:
    mobiles = [member.person["phone"] for member in members() if member.person["phone"]]
    teams = [team for authority in files.authorities() for team in authority["organisations"]]
    landlines = [
        *(authority["phone"] for authority in files.authorities()),
        *(team["phone"] for team in teams),
        *(worker["phone"] for _, worker in staff()),
        *files.providers().values(),
    ]
    assert [number for number in mobiles if not re.fullmatch(MOBILE, number)] == []
    assert [number for number in landlines if not re.fullmatch(LANDLINE, number)] == []


def test_no_two_invented_people_have_one_name_and_birth_date() -> None:
    assert len({member.id for member in members()}) == len(list(members())) >= 300


def test_everybody_is_followed_by_the_authority_of_their_commune_or_by_the_region() -> None:
    for member in members():
        lives_in = files.commune(member.household["commune"])
        assert member.authority in ("region", authority_for_commune(lives_in.insee))


def test_everybody_is_followed_by_a_team_of_their_authority() -> None:
    teams = {team["name"]: entry["code"] for entry in files.authorities() for team in entry["organisations"]}
    followed = [member for member in members() if "team" in member.household]
    assert [member.person["last"] for member in followed if teams[member.household["team"]] != member.authority] == []


def test_every_course_is_in_communes_and_trades_that_exist() -> None:
    for training in files.trainings():
        assert set(training["trades"]) <= set(trades()), training["title"]
        assert training["provider"] in files.providers()
        for session in training["sessions"]:
            assert fold(files.commune(session["place"]).name) == fold(session["place"])


def test_no_two_courses_have_one_title() -> None:
    titles = [training["title"] for training in files.trainings()]
    assert len(set(titles)) == len(titles)


def test_a_commune_or_a_team_that_does_not_exist_is_refused() -> None:
    with pytest.raises(LookupError):
        files.commune("Ys")
    with pytest.raises(LookupError):
        files.team("CDAS d'Ys")


def test_an_id_is_the_same_for_the_same_names_and_another_for_others() -> None:
    assert files.identifier("person", "a", "b") == files.identifier("person", "a", "b")
    assert files.identifier("person", "a", "b") != files.identifier("household", "a", "b")


def test_a_person_of_the_files_has_a_word_for_every_step_and_a_team_for_every_appointment() -> None:
    for member in named():
        steps = {fact["step"] for fact in member.person.get("pathway", []) if "step" in fact}
        assert steps <= set(files.steps()), member.person["first"]
        assert "team" in member.household or not member.person["appointments"]

import re

from api.bench.asking import people
from api.bench.chain import AT_ONCE
from api.identity.limits import FOR_AN_ADDRESS


def test_there_are_people_enough_for_the_largest_load() -> None:
    assert len(people()) >= max(AT_ONCE)


def test_everybody_has_a_number_of_their_own() -> None:
    phones = [person.phone for person in people()]
    assert len(set(phones)) == len(phones)


def test_the_right_answer_is_a_day_and_an_hour() -> None:
    for person in people():
        assert re.fullmatch(r"\w+ \d+(er)? \w+ à \d+ h( \d\d)?", person.expected)


def test_fewer_codes_are_asked_for_than_an_address_may() -> None:
    assert max(AT_ONCE) + 3 < FOR_AN_ADDRESS

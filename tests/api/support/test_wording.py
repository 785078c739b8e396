import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from api.support.wording import FILE, LONGEST, audience_words, shortened, zone_words
from tests.factories import BREST

PUBLICS = {
    *("tous-publics", "actifs", "beneficiaires-des-minimas-sociaux", "demandeurs-emploi", "etudiants", "familles"),
    *("femmes", "jeunes", "personnes-en-situation-de-handicap", "personnes-en-situation-durgence"),
    *("personnes-en-situation-juridique-specifique", "personnes-exilees", "residents-qpv-frr", "seniors"),
}
"""data·inclusion 1.0.8."""


@pytest.mark.parametrize(
    ("rule", "codes", "words"),
    [
        ("somebody in particular", ["jeunes", "seniors"], ["les jeunes", "les seniors"]),
        ("everybody", ["jeunes", "tous-publics"], []),
        ("whoever receives the RSA", ["beneficiaires-des-minimas-sociaux", "jeunes"], []),
        ("nobody is named", [], []),
        ("a word that is not known yet", ["extraterrestres", "femmes"], ["les femmes"]),
        ("three at most", ["jeunes", "femmes", "seniors", "familles"], ["les jeunes", "les femmes", "les seniors"]),
    ],
)
def test_whom_a_service_is_for(rule: str, codes: list[str], words: list[str]) -> None:
    assert audience_words(codes) == words, rule


def test_every_public_of_data_inclusion_has_its_words() -> None:
    assert set(yaml.safe_load(FILE.read_text())) == PUBLICS


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], []),
        (["29", "56"], ["Finistère", "Morbihan"]),
        ([BREST], ["Brest"]),
        (["243500139"], []),
        (["22", "29", "35", "56"], ["Côtes-d'Armor", "Finistère", "Ille-et-Vilaine", "d'autres communes"]),
    ],
)
def test_where_its_people_must_live(codes: list[str], words: list[str]) -> None:
    assert zone_words(codes) == words


@pytest.mark.parametrize(
    ("written", "told"),
    [(None, None), ("", None), (" Avoir un\n projet. ", "Avoir un projet"), ("mot " * 40, "mot " * 21 + "mot…")],
)
def test_what_a_service_writes_is_one_short_line(written: str | None, told: str | None) -> None:
    assert shortened(written) == told


@given(st.text(max_size=400))
def test_no_text_of_a_service_makes_a_longer_line(written: str) -> None:
    told = shortened(written)

    assert told is None or (len(told) <= LONGEST and "\n" not in told)

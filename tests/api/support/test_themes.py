"""Each need is found by any of the words that people have for it, and by no other's."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.authorities.communes import named
from api.conversations.urgent import recognise
from api.core.folding import fold
from api.core.normaliser import normalise
from api.core.normaliser.sound import sound
from api.support.themes import HEARD_FROM, themes, themes_in
from tests.test_topics import examples

WORDS = [(theme.code, word) for theme in themes().values() for word in (*theme.names, *theme.hints)]
NAMES = [(theme.code, name) for theme in themes().values() for name in theme.names]
CATEGORIES = {
    *("choisir-un-metier", "creer-une-entreprise", "difficultes-administratives-ou-juridiques"),
    *("difficultes-financieres", "equipement-et-alimentation", "famille", "lecture-ecriture-calcul"),
    *("logement-hebergement", "mobilite", "numerique", "preparer-sa-candidature", "remobilisation", "sante"),
    *("se-former", "trouver-un-emploi"),
}
"""data·inclusion 1.0.8, without work abroad."""


def codes(text: str) -> list[str]:
    return [theme.code for theme in themes_in(normalise(text))]


def test_every_word_of_a_theme_finds_it_alone() -> None:
    assert [(code, word, codes(word)) for code, word in WORDS if codes(word) != [code]] == []


@given(st.sampled_from(WORDS), st.sampled_from(["", "une aide pour ", "je cherche ", "besoin de "]))
def test_the_words_around_a_need_change_nothing(known: tuple[str, str], before: str) -> None:
    code, word = known

    assert codes(f"{before}{word} svp") == [code]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_two_needs_in_one_message_are_both_read_in_their_order(one: tuple[str, str], other: tuple[str, str]) -> None:
    found = codes(f"{one[1]} puis aussi {other[1]}")

    assert found == list(dict.fromkeys([one[0], other[0]]))


def test_no_word_belongs_to_two_themes_and_no_sound_either() -> None:
    owners = Counter(word for word, _ in {(normalise(word), code) for code, word in WORDS})
    assert [word for word, times in owners.items() if times > 1] == []
    heard = {(sound(word), code) for code, word in WORDS if " " not in word and len(word) >= HEARD_FROM}
    assert [one for one, times in Counter(one for one, _ in heard).items() if times > 1] == []


def test_every_word_is_folded_and_is_no_commune() -> None:
    assert [word for _, word in WORDS if fold(word) != word or named(word)] == []


def test_what_cannot_wait_is_no_theme() -> None:
    assert [word for _, word in WORDS if recognise(word)] == []
    covered = {slug for theme in themes().values() for slug in theme.covers}
    assert "famille--surmonter-conflits-separation-violence" not in covered
    assert codes("violences") == []


def test_the_themes_cover_every_subject_of_data_inclusion() -> None:
    covered = {slug.split("--")[0] for theme in themes().values() for slug in theme.covers}
    assert covered == CATEGORIES


def test_a_label_can_be_the_title_of_a_button() -> None:
    assert [theme.label for theme in themes().values() if len(theme.label) > 40] == []


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("the longest name counts", "un loyer impayé", ["loyer"]),
        ("a hint gives way to a name", "une machine à laver pour mon appartement", ["meubles"]),
        ("a hint counts alone", "mon appartement", ["logement"]),
        ("two needs are both found", "un vélo ou un scooter", ["velo", "voiture"]),
        ("a need named twice is one", "le permis, le code de la route", ["permis"]),
        ("the plural is the same", "des crèches", ["garde_enfants"]),
        ("written by sound", "informatik svp", ["numerique"]),
        ("with its article in one word", "aide pr lessence", ["transport"]),
        ("no car is a need to get about", "g pa de voiture", ["transport"]),
        ("no need at all", "bonjour, vous avez quoi ?", []),
        ("nothing at all", "", []),
    ],
)
def test_a_need_is_read_as_people_say_it(rule: str, text: str, found: list[str]) -> None:
    assert codes(text) == found, rule


def test_what_people_say_when_they_look_for_help_names_a_need() -> None:
    vague = [sentence for sentence in examples()["search_support"] if not codes(sentence)]

    assert len(vague) <= 0.1 * len(examples()["search_support"]), vague

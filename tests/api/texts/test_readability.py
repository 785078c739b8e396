"""How easily a text is read: syllables as they are heard, and a figure that falls with long words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.texts.readability import BASE, EACH_SYLLABLE, EACH_WORD, reading, sentences, syllables

# Counted by ear. Not there: "orientation", of which we hear four for five ("rien" is heard as one).
HEARD = {
    1: "prime aide oui les que jour mois pied œuvre nuit mieux qu'il eau",
    2: "étape année d'abord accueil client guichet contrat courrier pouvez voulez barème foyer message personne besoin "
    "créer théâtre heureux ensuite s'arrête conjoint gratuit payer aînée monsieur réponse avez motif horaires",
    3: "téléphone insertion référent rendez-vous logement formation conseiller travailler écrivez appelez vérifiée "
    "suspension revenus numéro aujourd'hui hésitez préparer maladie",
    4: "déclaration complémentaire situation agriculteurs obligatoire engagement difficulté remboursement département",
}


@pytest.mark.parametrize(("word", "heard"), [(word, heard) for heard, said in HEARD.items() for word in said.split()])
def test_syllables_are_counted_as_they_are_heard(word: str, heard: int) -> None:
    assert syllables(word) == heard


def test_three_capitals_are_spelt() -> None:
    assert [syllables(word) for word in ("RSA", "CAF", "OUI", "RAPPEL")] == [3, 1, 1, 2]


def test_the_figure_is_that_of_kandel_and_moles() -> None:
    found = reading("Appelez la CAF. Elle vous aide.")
    assert (found.words, found.words_a_sentence) == (6, 3.0)
    assert found.syllables_a_word == pytest.approx(8 / 6)
    assert found.ease == pytest.approx(BASE - EACH_WORD * 3 - EACH_SYLLABLE * 8 / 6)


def test_numbers_and_sites_are_not_read() -> None:
    told = "Appelez la CAF."
    assert reading("Appelez la CAF au 02 61 91 00 35, ou caf.fr.").words == reading(told).words + 2


@pytest.mark.parametrize("text", ["", "3230", "…"])
def test_a_text_without_a_word_has_a_figure(text: str) -> None:
    assert reading(text).ease > 100


def test_plain_words_are_easier_than_those_of_an_office() -> None:
    office = "La notification de suspension conditionnelle de l'allocation intervient préalablement."
    assert reading("On vous prévient avant.").ease > 80 > 0 > reading(office).ease


@given(st.text())
def test_every_text_has_sentences_and_a_figure(text: str) -> None:
    assert reading(text).words_a_sentence >= 0
    assert all(part.strip() for part in sentences(text))

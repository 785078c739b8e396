"""A word is explained to whoever asks what it means, and to nobody who asks something else."""

import pytest

from api.core.documents import read_folder, read_yaml
from api.core.normaliser import normalise
from api.knowledge.facts import LEXICON
from api.knowledge.lexicon import ASKING, only_asides, word_asked
from api.privacy.disclosure import is_personal
from api.texts.library import entries
from tests.test_topics import examples

WORDS = read_folder(LEXICON)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C'est quoi, un référent ?", "referent"),
        ("Bonjour madame, qu'est-ce qu'un référent unique ? Merci d'avance.", "referent"),
        ("referant c koi", "referent"),
        ("orientassion sa ve dir koi", "orientation"),
        ("qu'est-ce que c'est que l'orientation", "orientation"),
        ("le P.L.I.E., qu'est-ce que c'est ?", "plie"),
        ("ça veut dire quoi IAE sur mon courrier", "iae"),
        ("je sais pas ce que c'est une PMSMP", "pmsmp"),
        ("dtr c koi svp", "quarterly"),
        ("je comprends pas le mot indu", "overpayment"),
        ("c koi le rsa", "rsa"),
        ("bonjour c'est quoi la CAF svp", "caf"),
        ("c koi la rqth", "disability_at_work"),
        ("alternance sa veut dire quoi", "work_and_study"),
        ("Qu'est-ce qu'une mise en demeure ?", "formal_notice"),
        ("je sais pas ce que c'est un conseiller en insertion", "insertion_adviser"),
    ],
)
def test_a_word_is_known_however_its_meaning_is_asked(text: str, name: str) -> None:
    word = word_asked(text)
    assert word
    assert word.name == name


@pytest.mark.parametrize(
    "text",
    [
        "c'est quoi mon référent",
        "c'est quoi le nom de mon référent",
        "c'est quoi un référent et qui est le mien ?",
        "référent ?",
        "orientation c koi la reponse",
        "c'est quoi cette lettre",
        "c'est quoi mon prochain rendez-vous",
        "j'ai un indu de 300 euros",
        "c'est quoi le montant du RSA",
        "c'est quoi le numéro de la CAF",
        "je cherche une alternance",
    ],
)
def test_what_asks_something_else_or_more_is_left_to_rasa(text: str) -> None:
    assert word_asked(text) is None


@pytest.mark.parametrize("name", WORDS)
def test_each_word_is_explained_in_both_forms_to_whoever_asks(name: str) -> None:
    entry = entries()[f"word_{name}"]
    assert entry.sms
    assert all(f"lexicon.{name}" in form for form in (entry.web, entry.sms))
    assert entry.tells == "general"
    assert not is_personal(WORDS[name]["intent"])


def test_a_word_has_one_meaning_and_each_way_of_asking_can_be_met() -> None:
    called = [name for word in WORDS.values() for name in word["names"]]
    said = [phrase for phrases in read_yaml(ASKING).values() for phrase in phrases]
    assert len(called) == len(set(called))
    assert [phrase for phrase in [*called, *said] if normalise(phrase) != phrase] == []


def test_what_rasa_is_taught_of_a_word_stands_in_the_intent_that_it_belongs_to() -> None:
    taught = [(intent, word_asked(text)) for intent, sentences in examples().items() for text in sentences]
    found = [(intent, word) for intent, word in taught if word]
    assert found
    assert [(intent, word.name) for intent, word in found if intent != word.intent] == []


def test_politeness_alone_is_no_request() -> None:
    assert only_asides("Bonjour madame")
    assert only_asides("merci d'avance !")
    assert not only_asides("merci de me rappeler")


@pytest.mark.parametrize(("text", "name"), [("koi le cej", "young_contract"), ("microcredit c quoi", "microcredit")])
def test_a_meaning_is_asked_in_two_words(text: str, name: str) -> None:
    word = word_asked(text)
    assert word is not None
    assert word.name == name

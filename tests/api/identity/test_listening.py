"""What answers an identity check, and what is another question that the assistant should hear."""

import pytest

from api.identity.listening import answers, leaves, stops
from api.identity.tables import Step

AT_THE_WORD = [
    ("bruyère", True),
    ("c'est bruyère", True),
    ("le mot est Bruyère", True),
    ("mon mot c'est bruyère je crois", True),
    ("j'ai oublié le mot", True),
    ("je n'en ai pas de mot", True),
    ("laisse tomber", True),
    ("quel mot ?", False),
    ("je voudrais une formation de soudeur", False),
    ("c'est quand mon rendez-vous", False),
]


@pytest.mark.parametrize(("text", "expected"), AT_THE_WORD)
def test_the_agreed_word_is_heard_alone_or_named_and_a_question_is_not_it(text: str, expected: bool) -> None:
    assert answers(text, Step.word) is expected


AT_THE_NUMBER = [
    ("06 39 98 30 01", True),
    ("0639983", True),
    ("le 12 avril 88", True),
    ("annuler", True),
    ("pas reçu", False),
    ("vous fermez à 17 h ?", False),
]


@pytest.mark.parametrize(("text", "expected"), AT_THE_NUMBER)
def test_a_mistyped_number_is_an_answer_and_an_hour_is_not(text: str, expected: bool) -> None:
    assert answers(text, Step.number) is expected


@pytest.mark.parametrize(
    "text",
    [
        *("laisse tomber", "nan laisse tomber", "non finalement laissez tomber merci", "Stop !", "bon ben tant pis"),
        *("j'arrête", "on arrête là svp", "je veux arrêter", "je préfère laisser tomber", "plus tard"),
    ],
)
def test_whoever_gives_up_says_so_in_a_few_words(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize(
    "text", ["je veux annuler mon rendez-vous", "non", "j'arrête pas de chercher", "oui merci", ""]
)
def test_what_says_more_gives_nothing_up(text: str) -> None:
    assert not stops(text)


@pytest.mark.parametrize(
    "text",
    [
        *("ce n'est pas moi", "C'est pas moi !", "c pas moi", "non ce n'est pas moi", "ce n’est plus moi"),
        *("ce n'est pas mon dossier", "je ne suis pas cette personne", "c'est quelqu'un d'autre"),
        *("Déconnexion", "déconnectez-moi svp", "je veux me déconnecter", "je me déconnecte", "se deconnecter"),
    ],
)
def test_whoever_leaves_or_is_somebody_else_says_so_in_a_few_words(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        *("ce n'est pas moi qui ai annulé", "Je me déconnecte, bonne nuit", "mon mari a eu le sien pas moi"),
        *("c'est pas moi le numéro que vous avez, moi c'est un autre", "pas moi", "c'est moi", "", "oui"),
        "le site me déconnecte tout le temps",
    ],
)
def test_what_tells_something_is_no_farewell(text: str) -> None:
    assert not leaves(text)

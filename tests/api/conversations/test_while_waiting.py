"""What somebody means who waits for a person of the service, however they write it."""

import pytest

from api.conversations.while_waiting import INTENT, Meant, meant

WITHDRAW = [
    *("annuler", "Annuler.", "ANNULER !", "anuler", "annulé", "annulez svp", "je veux annuler", "annuler ma demande"),
    *("laissez tomber", "bon laisse tombé", "retirez ma demande svp", "annuler et revenir à l'assistant"),
]
BACK = [
    *("revenir", "revenir à l'assistant", "Revenir à l’assistant", "retour", "retour en arrière", "assistant"),
    *("asistant", "je voudrais reparler au robot", "non finalement je veux revenir"),
]
FOR_THE_SERVICE = [
    "il faut annuler mon rendez-vous de jeudi",
    "laissez moi tranquille",
    "il va tomber",
    "mon assistante sociale ne répond pas",
    "j'habite à Brest",
    "quand est-ce que quelqu'un va revenir vers moi",
    "bonjour",
    "",
    "mon ex m'appelle du 06 39 98 00 41",
    "le proprio est au 06 39 98 00 41 il veut me mettre dehors",
    "je suis de retour chez mes parents avec les enfants",
    "on m'a retiré mon permis",
]


@pytest.mark.parametrize("text", BACK)
def test_whoever_wants_the_assistant_back_is_understood_however_it_is_spelt(text: str) -> None:
    assert meant(text, None) is Meant.back


@pytest.mark.parametrize("text", WITHDRAW)
def test_whoever_takes_their_request_back_is_understood_however_it_is_spelt(text: str) -> None:
    assert meant(text, None) is Meant.withdraw


@pytest.mark.parametrize("text", FOR_THE_SERVICE)
def test_what_tells_something_is_for_the_service(text: str) -> None:
    assert meant(text, None) is Meant.kept


@pytest.mark.parametrize("text", ["06 39 98 00 41", "c'est le 0639980041 merci", "+33 6 39 98 00 41"])
def test_a_number_says_where_to_reach_the_person(text: str) -> None:
    assert meant(text, None) is Meant.number


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("je l'ai déjà dit Ploërmel", Meant.place),
        ("Brest, 06 39 98 00 41", Meant.number),
        ("c'est ma fille qu'il faut appeler à Pontivy au 06 39 98 00 41", Meant.kept),
    ],
)
def test_where_a_commune_was_asked_for_it_is_heard_in_few_words(text: str, what: Meant) -> None:
    assert meant(text, None, place_asked=True) is what


@pytest.mark.parametrize("text", ["Brest", "brest", "29200", "j'habite à Morlaix"])
def test_a_commune_is_a_place_only_where_one_was_asked_for(text: str) -> None:
    assert meant(text, None, place_asked=True) is Meant.place
    assert meant(text, None) is Meant.kept


@pytest.mark.parametrize("answer", ["back", "yes", "no"])
def test_a_button_of_ours_means_what_it_carries(answer: str) -> None:
    assert meant("Non, à un autre", {"intent": INTENT, "entities": {"answer": answer}}) is Meant(answer)

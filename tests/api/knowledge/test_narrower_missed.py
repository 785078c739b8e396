"""Answers that people missed for the way they ask: an address to give, a weekend couple, a child's age, a fine."""

import pytest

from api.knowledge.narrower import narrower_than
from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "word_postal_address",
            [
                "j'ai besoin d'une adresse pour la caf",
                "kel adresse je donne",
                "je peux donner l'adresse de ma soeur",
                "g pas d'adresse fixe jai droit au rsa ?",
            ],
        ),
        (
            "permit_ends",
            ["avec un récépissé je garde le rsa ?", "mon titre de séjour finit le 12, mon rsa est coupé ?"],
        ),
        (
            "couple_begins",
            [
                "mon copain vient juste le weekend, c'est un couple pour la caf ?",
                "ma copine c chacun son appart fo le dire ?",
            ],
        ),
        ("child_under_25", ["jusqu'à quel âge elle compte", "jusqua quel age mon fils est à charge"]),
    ],
)
def test_what_was_missed_is_told(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai changé d'adresse mail",
        "quelle adresse pour vous envoyer mes papiers",
        "j'ai une nouvelle adresse",
        "mon copain travaille le week end",
        "à partir de quel âge on peut demander le cej",
        "mon copain me frappe, on est ensemble que le weekend, faut le dire à la caf ?",
    ],
)
def test_what_looks_like_it_is_left(text: str) -> None:
    assert said(text) not in {"word_postal_address", "couple_begins", "child_under_25"}


@pytest.mark.parametrize(
    ("general", "text", "name"),
    [
        ("rsa_declaration", "j'ai oublié de déclarer un salaire, ils vont me mettre une amende ?", "fraud_accused"),
        ("rsa_declaration", "jai pa déclaré 1 moi c grave ?", "fraud_accused"),
        ("rsa_declaration", "comment je déclare un salaire", "rsa_declaration"),
        ("rsa_eligibility", "j'ai la carte de 10 ans, j'ai droit au rsa ?", "foreign_permit"),
    ],
)
def test_a_general_answer_gives_way(general: str, text: str, name: str) -> None:
    assert narrower_than(general, text) == name


def test_a_fine_is_asked_about_after_the_declaration() -> None:
    assert said("ils vont me mettre une amende ?", "rsa_declaration") == "late_declaration"
    assert said("ils vont me mettre une amende ?", "late_declaration") == "late_declaration"

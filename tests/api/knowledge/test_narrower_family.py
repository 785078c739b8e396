"""A death, the wages of those who live together, babies and teenagers, leaving somebody violent."""

import pytest

from api.knowledge.narrower import narrower_than
from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "after_death",
            [
                "est-ce que mes enfants devront rembourser mon RSA à ma mort ?",
                "laspa ils la reprennent sur l'héritage ?",
                "qd je serai mort la caf va reprendre mon rsa ?",
            ],
        ),
        ("funeral", ["jai pa de sous pr payer lenterrement 2 mon pere", "une aide pour les obsèques de ma mère ?"]),
        ("survivor_pension", ["la réversion ça se demande où", "jdemande koi comme papier pr la reversion"]),
        (
            "spouse_died",
            [
                "mon mari est mort la semaine dernière",
                "je suis veuve depuis un mois, je préviens qui",
                "g perdu ma femme",
            ],
        ),
        (
            "spouse_income",
            ["le salaire de ma femme compte ?", "mon copain travaille, il compte dans mon rsa ?"],
        ),
        (
            "baby_needs",
            ["plu de couches pour le bb", "jcherche un lit bébé gratuit", "lait infantile trop cher, une aide ?"],
        ),
        ("teen_trouble", ["mon ado fait que des conneries", "ma fille de 14 ans va plus en cours"]),
        ("family_judge", ["je veux divorcer", "comment récupérer la garde de mes enfants", "jdoi aller o jaf"]),
        ("protection_order", ["faut une plainte pour une ordonnance de protection ?"]),
        ("leaving_aid", ["laide pour les femmes battues on la demande où"]),
    ],
)
def test_a_family_is_told_by_its_words(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    "text",
    [
        "je viens pas lundi, c'est l'enterrement de mon père",
        "je veux rejoindre ma femme qui est morte",
        "je cherche une formation pompes funèbres",
        "ma femme est décédée, je me demande à quoi bon continuer",
        "ma femme a trouvé du travail",
        "faut que je trouve quelqu'un pour garder mon fils",
        "plus de lait pour le bébé",
        "je couche dehors avec mon fils",
        "mon fils de 14 ans cherche un stage",
        "garde alternée une semaine sur deux, les enfants comptent pour moitié ?",
        "mon divorce a été prononcé",
        "j'ai peur, il y a une ordonnance de protection et il est là en bas",
        "un mode de garde pour ma fille",
        "de combien ma réversion baisse mon rsa",
    ],
)
def test_what_looks_like_it_is_left(text: str) -> None:
    assert said(text) is None


def test_whoever_lives_with_somebody_who_works_hears_of_both_incomes() -> None:
    assert narrower_than("rsa_eligibility", "ma femme est au smic, j'ai droit au rsa ?") == "spouse_income"
    assert narrower_than("rsa_eligibility", "mon mari a une ferme, j'ai droit au rsa ?") == "rsa_eligibility"


@pytest.mark.parametrize("last", ["emergency_violence", "perhaps_violence", "leave_with_children"])
def test_rights_stand_beside_the_numbers_of_whoever_is_beaten(last: str) -> None:
    assert said("si je pars j'ai droit à quoi", last) == "leaving_aid"
    assert said("jai pas dargent pr partir", last) == "leaving_aid"
    assert said("je pars sans argent, je vais où", last) == "leave_to_where"
    assert said("si je pars j'ai droit à quoi") is None

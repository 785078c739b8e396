"""Debts, seizures, water, a job that is lost, a parent alone: told by their words."""

import pytest

from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "account_seized",
            [
                "l'huissier est passé",
                "un huissier a saisi mon compte",
                "les impots ont bloqué mon compte jpeu pu rien payer",
                "ils peuvent saisir mon rsa pour un crédit ?",
                "le commissaire de justice va venir lundi",
            ],
        ),
        (
            "debts",
            [
                "j'ai des dettes chez cofidis je fais comment",
                "jai tro de dettes jmen sors plus",
                "comment faire un dossier de surendettement",
                "Je n'arrive plus à rembourser mes crédits, que faire ?",
            ],
        ),
        ("no_water", ["on va me couper l'eau", "jai une facture deau jpeu pas payer", "ils ont coupé l'eau chez moi"]),
        ("no_power", ["j'ai plus de lumière", "edf a coupé la lumière ya 2 jours"]),
        (
            "single_parent",
            [
                "c'est combien le rsa pour une maman seule avec 2 enfants",
                "parent isolé jai droit a combien",
                "c koi le montant du rsa majoré",
            ],
        ),
        (
            "job_lost",
            [
                "j'ai perdu mon boulot hier j'ai droit a quoi",
                "mon cdd se termine vendredi je fais quoi",
                "jme sui fait virer jai le droit a koi",
            ],
        ),
    ],
)
def test_hard_times_are_told_by_their_words(name: str, texts: list[str]) -> None:
    assert [said(text) for text in texts] == [name] * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "l'huissier veut me sortir du logement",
        "j'ai une dette envers la caf je peux payer en plusieurs fois ?",
        "j'ai une dette de loyer",
        "je n'ai plus d'eau chaude depuis lundi",
        "mon contrat d'engagement se termine je fais quoi",
        "je veux travailler chez Veolia",
        "il me faut un microcrédit pour la voiture",
    ],
)
def test_what_looks_alike_is_left(text: str) -> None:
    assert said(text) not in {"account_seized", "debts", "no_water", "single_parent", "job_lost"}

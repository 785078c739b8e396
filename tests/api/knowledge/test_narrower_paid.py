"""What is paid, refused, ended, and by whom."""

import pytest

from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "rsa_refused",
            ["plus de 2 mois que j'ai reçu le refus", "ils mont refusé le rsa pk", "la caf a dit non pour le rsa"],
        ),
        (
            "rsa_while_working",
            [
                "jusqu'à quand le RSA est payé quand on reprend le travail",
                "je reprends le boulot, le rsa s'arrête direct ?",
            ],
        ),
        ("young_hours", ["faut combien d'heures pour le rsa jeune", "rsa a 22 ans fo 2 ans de taf ?"]),
        ("caf_or_msa", ["c'est la caf ou la msa qui nous paie", "cmt savoir si c la msa ou la caf"]),
        (
            "health_cover_ends",
            ["la c2s je la perds quand", "ma css se termine en mars", "jperds ma mutuelle gratuite si jbosse ?"],
        ),
        ("old_age_benefit", ["l'aspa c'est combien", "c koi le montant du minimum vieillesse"]),
        ("aah_when_old", ["aah à 62 ans c'est fini ?", "l'aah ça s'arrête à la retraite ?"]),
    ],
)
def test_what_is_paid_is_told_by_its_words(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    "text",
    [
        "si je refuse une formation, le rsa s'arrête ?",
        "je suis agriculteur, c'est la msa ou la caf ?",
        "je cherche du travail",
        "j'ai pas encore ma css",
        "je veux demander le rsa",
        "la caf et la msa se renvoient mon dossier, qui appeler",
    ],
)
def test_what_looks_like_it_is_left(text: str) -> None:
    assert said(text) is None

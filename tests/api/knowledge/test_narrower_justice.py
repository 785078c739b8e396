"""Lawyers, prison, papers of foreigners, employers, banks, landlords."""

import pytest

from tests.api.knowledge.test_narrower import said


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("legal_aid", ["c koi l'aide juridictionnelle", "jai pas de quoi payer un avocat", "avocat gratuit svp"]),
        ("eviction", ["un avocat gratuit pour mon expulsion", "mon proprio me met au tribunal, faut un avocat ?"]),
        (
            "prison_out",
            [
                "je sors de prison lundi, j'ai rien",
                "ma carte d'identité est restée en prison",
                "jsors de taule san argent",
            ],
        ),
        ("work_receipt", ["je peux travailler avec mon récépissé", "g un recepissé jai le droit de bosser ?"]),
        ("resident_card", ["comment avoir la carte de 10 ans", "jveu demander la carte de résident"]),
        ("child_born_here", ["mon fils est né en france il est français ?", "ma fille née ici elle a quels papiers"]),
        ("wages_unpaid", ["mon patron me paye pas", "la boite me doit 2 mois de salaire"]),
        (
            "unfit_for_work",
            ["licencié pour inaptitude j'ai droit à quoi", "le médecin du travail m'a mis inapte je fais quoi"],
        ),
        (
            "bank_fees",
            ["la banque me prend des frais tous les mois", "frais bancaire trop cher", "c koi client fragile"],
        ),
        ("deposit_kept", ["mon ancien proprio me rend pas ma caution", "jveu récupérer ma caution"]),
        ("diploma_copy", ["j'ai perdu mon diplôme", "un duplicata de mon cap"]),
    ],
)
def test_rights_are_told_by_their_words(name: str, texts: list[str]) -> None:
    assert {text: said(text) for text in texts} == dict.fromkeys(texts, name)


@pytest.mark.parametrize(
    "text",
    [
        "avocat gratuit pour un recours contre la caf",
        "je voudrais devenir avocat",
        "mon mari est en prison",
        "j'ai rien compris à votre lettre",
        "le patron veut mon récépissé de formation",
        "je suis né en france",
        "la caf me paye pas",
        "mon salaire a augmenté",
        "je suis apte",
        "un huissier m'a pris des frais",
        "je cherche une banque alimentaire",
        "j'ai jamais eu de diplôme",
        "mon permis est perdu",
    ],
)
def test_what_looks_like_it_is_left(text: str) -> None:
    new = {"legal_aid", "prison_out", "work_receipt", "resident_card", "child_born_here", "wages_unpaid"}
    new |= {"unfit_for_work", "bank_fees", "deposit_kept", "diploma_copy"}
    assert said(text) not in new


def test_a_deposit_to_pay_is_not_one_that_is_kept() -> None:
    assert said("qui paie la caution, j'ai rien de côté") == "deposit"

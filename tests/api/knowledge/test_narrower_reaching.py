"""Reaching people of the service, and which work to do: data/reference/narrower/reaching.yml and trades.yml."""

import pytest

from api.knowledge.narrower import narrower_than
from tests.api.knowledge.test_narrower import said

NEW = {
    *("caseworker_silent", "social_worker", "unknown_caller", "file_access", "late_today"),
    *("no_trade_yet", "small_jobs", "course_stopped", "disability_file"),
}


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "caseworker_silent",
            [
                "mon référent ne me répond jamais au téléphone",
                "ma conseillere est injoignable",
                "jarive pa a joindre mon conseiller",
            ],
        ),
        ("social_worker", ["comment joindre l'assistante sociale de secteur", "le numéro de l'assistante sociale svp"]),
        ("unknown_caller", ["c'est quoi ce numéro qui m'appelle", "j'ai un appel en absence c'est vous ?"]),
        (
            "file_access",
            ["qui a accès a mon dossier", "je veux voir mon dossier", "jpeu avoir une copie de mon dossier ?"],
        ),
        (
            "late_today",
            ["je serai en retard de 20 minutes", "mon bus est en retard j'arrive", "jvai etre en retard pour le rdv"],
        ),
        (
            "no_trade_yet",
            [
                "je sais pas quoi faire comme métier",
                "jvoudrais me reconvertir mais dans quoi",
                "aidez moi a trouver ma voie",
            ],
        ),
        (
            "small_jobs",
            [
                "je garde les enfants de ma voisine elle me donne 50 euros",
                "un voisin me paie pour la pelouse faut le dire ?",
            ],
        ),
        (
            "course_stopped",
            [
                "j'ai arrêté ma formation parce que trop dur je risque quoi",
                "je veux quitter la formation c'est trop loin",
            ],
        ),
        (
            "disability_file",
            ["mon dossier mdph traine depuis 8 mois", "ma rqth se termine", "toujours pas de réponse de la mdph"],
        ),
        ("papers_stolen", ["j'ai plus de papiers on m'a tout volé"]),
        ("doctor", ["j'ai pas de médecin traitant"]),
        ("come_with", ["je peux venir avec mon fils au rdv"]),
        ("permit_ends", ["mon titre de séjour est en renouvellement"]),
        ("prison_ask", ["je sors de prison dans 2 semaines"]),
    ],
)
def test_each_is_told_by_its_words(name: str, texts: list[str]) -> None:
    assert [said(text) for text in texts] == [name] * len(texts)


def test_what_a_child_does_is_asked_of_the_household() -> None:
    assert (
        narrower_than("ask_training_rsa", "mon fils a trouvé un apprentissage ça va baisser mon rsa")
        == "grown_children"
    )


@pytest.mark.parametrize(
    "text",
    [
        "je veux devenir assistante sociale",
        "je veux parler à l'assistante sociale",
        "mon ex peut voir mon dossier ?",
        "ma déclaration est en retard",
        "je voudrais me reconvertir dans la cuisine",
        "mon mari me donne 20 euros par semaine et garde ma carte",
        "un rdv à la mdph mardi",
        "vous pouvez décaler, je serai en retard",
    ],
)
def test_what_looks_alike_is_left(text: str) -> None:
    assert said(text) not in NEW


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "urssaf_debt",
            [
                "j'ai des dettes à l'urssaf",
                "je peux pas payer mes cotisations urssaf",
                "jdois 3000 a lursaf coment faire",
            ],
        ),
        (
            "farm_in_trouble",
            [
                "j'ai une ferme et je tiens plus, qui peut me remplacer",
                "la banque et la msa réclament, l'exploitation coule, les dettes",
            ],
        ),
        (
            "criminal_record",
            ["j'ai un casier, je peux faire quoi comme boulot", "mon casier judiciaire m'empeche de bosser"],
        ),
        (None, ["je cherche une formation pour travailler dans une ferme", "le casier de mon vestiaire est cassé"]),
    ],
)
def test_debts_of_the_self_employed_farms_and_criminal_records(name: str | None, texts: list[str]) -> None:
    new = {"urssaf_debt", "farm_in_trouble", "criminal_record"}
    for text in texts:
        told = said(text)
        assert (told if told in new else None) == name, text

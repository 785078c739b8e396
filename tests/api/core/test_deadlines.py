"""The day by which a letter must be answered is read as people write it; what is no day to come is left."""

from datetime import date

import pytest

from api.core.deadlines import deadline_in

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("je dois répondre avant le 15 décembre", date(2026, 12, 15)),
        ("réponse demandée pour le 15/12", date(2026, 12, 15)),
        ("avant le 15/12/2026 à la CAF", date(2026, 12, 15)),
        ("avant le 15.12.26", date(2026, 12, 15)),
        ("avant le 1er janvier", date(2027, 1, 1)),
        ("avant le premier janvier svp", date(2027, 1, 1)),
        ("courrier du 20 novembre, a rendre le 4 desembre", date(2026, 12, 4)),
        ("le 20 décembre ou plutôt le 12 décembre", date(2026, 12, 12)),
        ("aujourd'hui 25 novembre", TODAY),
        ("j'ai une lettre à répondre avant le 15", date(2026, 12, 15)),
        ("avant le 15 janvier", date(2027, 1, 15)),
        ("avant le 28 svp", date(2026, 11, 28)),
        ("le courrier dit de répondre avant vendredi", date(2026, 11, 27)),
        ("d'ici mercredi", date(2026, 12, 2)),
        ("c'est à rendre pour demain", date(2026, 11, 26)),
        ("avant la fin du mois", date(2026, 11, 30)),
    ],
)
def test_the_soonest_day_to_come_is_read(text: str, day: date) -> None:
    assert deadline_in(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "j'ai reçu un courrier de la CAF",
        "un courrier du 20 novembre",
        "une lettre du 3/11/2026",
        "je suis né le 14/05/1990",
        "ils demandent 300 euros et 2 papiers",
        "le 31/11",
        "mon numéro est le 06 39 98 00 31",
        "24h/24, 7 jours sur 7",
        "il y a 3 mois",
        "avant 15h",
        "reçu vendredi",
        "avant mes 25 ans",
        "c'est pour 15 euros",
    ],
)
def test_what_is_no_day_to_come_is_none(text: str) -> None:
    assert deadline_in(text, TODAY) is None

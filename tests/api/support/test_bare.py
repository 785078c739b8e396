"""The name of a need and nothing else asks for help with it; what says more is Rasa's to understand."""

import pytest

from api.conversations.learning.giving import ROOT, learnt
from api.core.normaliser import normalise
from api.support.bare import names_only_a_need
from api.support.themes import themes


@pytest.mark.parametrize(
    "text",
    [
        *("microcrédit", "surendettement dossier", "je veux faire du bénévolat", "je veux apprendre le français"),
        *("faire un bilan de compétences", "dossier mdph ou", "jai besoin de voir un psy", "un vélo à rennes svp"),
        *("cours de francais gratuit", "où sont les psy à Brest ?", "bjr je cherche un psychologue vers Morlaix"),
    ],
)
def test_a_need_alone_is_a_search(text: str) -> None:
    assert names_only_a_need(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        *("", "bonjour", "Rennes", "je fais du bénévolat ça compte ?", "mon frigo est vide", "je suis alcoolique"),
        *("j'ai une dette à la caf", "combien coûte un vélo", "faut écrire quoi", "je ne veux pas de psy"),
        *("garde d'enfants", "informatique", "un vélo ou un psy", "mon psy veut vous parler"),
    ],
)
def test_what_says_more_is_not(text: str) -> None:
    assert not names_only_a_need(normalise(text))


def test_no_sentence_of_another_intent_is_taken() -> None:
    others = [file for file in sorted((ROOT / "data" / "nlu").glob("*/*.yml")) if file.stem != "search_support"]
    assert [text for file in others for text in learnt(file) if names_only_a_need(normalise(text))] == []


def test_what_asks_alone_is_a_name_of_its_theme() -> None:
    for theme in themes().values():
        assert set(theme.alone) <= set(theme.names), theme.code

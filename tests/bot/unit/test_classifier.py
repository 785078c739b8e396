"""The classifier, as Rasa trains, stores and opens it: on words, and on what lies near them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from hent_bot.classifier import SentenceClassifier, chances
from hent_bot.vectors import folded, folded_vectors

SAID = {
    "search_job": ["je cherche du travail", "trouver un travail", "avez vous du travail ?", "un travail a mi temps"],
    "housing_help": ["je cherche une maison", "aide pour ma maison", "payer la maison", "une maison pour ma famille"],
    "thank": ["merci", "merci beaucoup", "je vous remercie", "merci a vous"],
}


class Storage:
    """Rasa's storage of what a component learns, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def write_to(self, resource: Resource) -> Iterator[Path]:
        yield self._folder

    read_from = write_to


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("xx")
    nlp.vocab.vectors = folded_vectors()
    return nlp


@pytest.fixture(scope="module")
def trained(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> SentenceClassifier:
    """Trained, stored and opened again."""
    storage: Any = Storage(tmp_path_factory.mktemp("model"))
    config, resource = SentenceClassifier.get_default_config(), Resource("classifier")
    examples = [message(nlp, text, intent) for intent, texts in SAID.items() for text in texts]
    SentenceClassifier(config, storage, resource).train(TrainingData(examples))
    return SentenceClassifier.load(config, storage, resource, execution_context=None)  # type: ignore[arg-type]


def message(nlp: Language, text: str, intent: str | None = None) -> Message:
    data = {TEXT: text} | ({INTENT: intent} if intent else {})
    doc = nlp(text)
    return Message(data | ({SPACY_DOCS[TEXT]: doc} if len(doc) else {}))


def first(trained: SentenceClassifier, nlp: Language, text: str) -> str:
    (read,) = trained.process([message(nlp, text)])
    return str(read.get(INTENT)["name"])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("je voudrais du travail", "search_job"),
        ("chercher du travaill", "search_job"),
        ("un boulot", "search_job"),
        ("payer mon appartement", "housing_help"),
        ("remerci", "thank"),
    ],
)
def test_what_was_never_said_in_these_words_is_understood(
    trained: SentenceClassifier, nlp: Language, text: str, intent: str
) -> None:
    assert first(trained, nlp, text) == intent


def test_every_intent_is_ranked_and_the_confidences_share_one(trained: SentenceClassifier, nlp: Language) -> None:
    (read,) = trained.process([message(nlp, "merci")])
    ranking = read.get(INTENT_RANKING_KEY)
    assert {one["name"] for one in ranking} == set(SAID)
    assert sum(one["confidence"] for one in ranking) == pytest.approx(1)
    assert [one["confidence"] for one in ranking] == sorted((one["confidence"] for one in ranking), reverse=True)
    assert ranking[0] == read.get(INTENT)


def test_a_message_without_a_word_is_not_understood(trained: SentenceClassifier, nlp: Language) -> None:
    fallback = FallbackClassifier(FallbackClassifier.get_default_config())
    (read,) = fallback.process(trained.process([message(nlp, "")]))
    assert read.get(INTENT)["name"] == "nlu_fallback"


def test_a_lead_becomes_certain_the_faster_the_sharper() -> None:
    scores = np.array([0.5, 0.0, -1.0], np.float32)
    assert chances(scores, 6)[0] > chances(scores, 3)[0] > 0.5
    assert chances(scores + 7, 6) == pytest.approx(chances(scores, 6))


def test_vectors_are_of_the_commonest_spelling_in_lower_case() -> None:
    rows = [("CAF", 1), ("caf", 30), ("Caf", 2), ("été", 5), ("ete", 9), ("d'été", 4), ("RSA", 7), ("RSA", 8)]
    assert folded(rows) == {"caf": 30, "ete": 5, "rsa": 7}


def test_a_word_lies_nearer_its_likes_than_others(nlp: Language) -> None:
    work, job, soup = (nlp.vocab[word].vector for word in ("travail", "boulot", "soupe"))
    assert work @ job > 0.3 > work @ soup

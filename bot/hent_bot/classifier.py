"""Which intent a text has: a linear support vector machine an intent, on words, their pieces and their vectors.

Chosen on sentences of people who had not seen the training data; docs/understanding.md says what was tried and how it
did. It is learnt in seconds; Rasa's logistic regression takes a minute and a half on as many sentences.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.svm import LinearSVC

from hent_bot.features import Features

_DOC = SPACY_DOCS[TEXT]
_FILE = "classifier.npz"
_AT_ONCE = 2
_ANOTHER = ""
"""No intent: what belongs to another group."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent, IntentClassifier):
    """Rasa component, after SpacyNLP: the intents of a text, all of them, the likeliest first."""

    @classmethod
    def required_components(cls) -> list[type]:
        """What must come before it."""
        return [SpacyNLP]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: how much each sentence weighs against simplicity. `sharpness`: how fast a lead becomes certainty."""
        return {"C": 0.5, "sharpness": 6.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Made by `create`, then trained; or by `load`."""
        self._config, self._storage, self._resource = config, storage, resource
        self._features: Features | None = None
        self._intents: NDArray[Any] = np.array([], str)
        self._weights = np.zeros((0, 0), np.float32)
        self._biases = np.zeros(0, np.float32)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceClassifier:
        """Made by Rasa, to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the sentences that have an intent, and keep what was learnt."""
        examples = [one for one in training_data.intent_examples if one.get(_DOC)]
        docs = [one.get(_DOC) for one in examples]
        self._features = Features.learn(docs)
        rows, meant = self._features.rows(docs), np.array([one.get(INTENT) for one in examples])
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            groups = np.array_split(np.unique(meant), _AT_ONCE)
            machines = chain.from_iterable(threads.map(partial(self._learn, rows, meant), groups))
            intents, weights, biases = zip(*machines, strict=True)
        with self._storage.write_to(self._resource) as folder:
            self._features.save(folder)
            arrays = {"weights": np.array(weights, np.float32), "biases": np.array(biases, np.float32)}
            np.savez(folder / _FILE, intents=np.array(intents, str), **arrays)
        return self._resource

    def _learn(self, rows: Any, meant: NDArray[Any], intents: NDArray[Any]) -> list[tuple[str, Any, Any]]:
        """The machines of some of the intents: name, weights and bias. A group a core (liblinear keeps no lock)."""
        machine = LinearSVC(C=self._config["C"], random_state=0)
        machine.fit(rows, np.where(np.isin(meant, intents), meant, _ANOTHER))
        if len(machine.coef_) == 1:
            # Two classes share one machine, which says the second: the other sorts first.
            return [(intents[0], machine.coef_[0], machine.intercept_[0])]
        learnt = zip(machine.classes_, machine.coef_, machine.intercept_, strict=True)
        return [one for one in learnt if one[0] != _ANOTHER]

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceClassifier:
        """As trained."""
        trained = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            trained._features = Features.load(folder)
            with np.load(folder / _FILE, allow_pickle=False) as arrays:
                trained._intents, trained._weights = arrays["intents"], arrays["weights"]
                trained._biases = arrays["biases"]
        return trained

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message; a text without a word has none, and so no confidence at all."""
        for message in messages:
            ranking = self._ranking(message)
            first = ranking[0] if ranking else {INTENT_NAME_KEY: None, "confidence": 0.0}
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if not self._features or not message.get(_DOC):
            return []
        scores = self._features.rows([message.get(_DOC)]) @ self._weights.T + self._biases
        return _ranked(self._intents, chances(scores[0], self._config["sharpness"]))


def chances(scores: NDArray[np.float32], sharpness: float) -> NDArray[np.float32]:
    """Scores as shares of 1. What counts is the lead over the next: on its own, a high score says little."""
    raised = np.exp(sharpness * (scores - scores.max()))
    shares: NDArray[np.float32] = raised / raised.sum()
    return shares


def _ranked(intents: NDArray[Any], confidences: NDArray[np.float32]) -> list[dict[str, Any]]:
    order = np.argsort(-confidences, kind="stable")
    return [{INTENT_NAME_KEY: str(intents[one]), "confidence": float(confidences[one])} for one in order]

"""`python -m hent_bot.measured.french_set SPACY_FOLDER`: our classifier on sentences that are not ours.

Reads `{train: [[text, intent], …], test: […]}`; writes `{C, right, asked}`. `C` is chosen by cross-validation on
`train`; `test` is read once, when it is chosen.
"""

from __future__ import annotations

import sys
from typing import Any

from hent_bot import lean
from hent_bot.measured.talk import answer

lean.leave_out_tensorflow()

import numpy as np  # noqa: E402
import spacy  # noqa: E402  (it must find TensorFlow already left out)
from numpy.typing import NDArray  # noqa: E402
from sklearn.model_selection import RepeatedStratifiedKFold  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from hent_bot.features import Features  # noqa: E402
from hent_bot.folding import fold  # noqa: E402

_TRIED = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
# Each intent has five sentences to learn: of three parts, two hold at least three of them.
_FOLDS = RepeatedStratifiedKFold(n_splits=3, n_repeats=3, random_state=0)


def compare(question: dict[str, Any]) -> dict[str, Any]:
    """Choose, learn, and only then read what is to be tested on."""
    nlp = spacy.load(sys.argv[1])
    docs, intents = _read(nlp, question["train"])
    best = chosen(docs, intents)
    asked, meant = _read(nlp, question["test"])
    right = int((_guessed(best, docs, intents, asked) == meant).sum())
    return {"C": best, "right": right, "asked": len(meant)}


def chosen(docs: list[Doc], intents: NDArray[Any]) -> float:
    """The `C` that guesses most of what it has not learnt; the smallest of equals, which learns the simplest."""
    right = dict.fromkeys(_TRIED, 0)
    for learnt, kept in _FOLDS.split(intents, intents):
        for c in _TRIED:
            guessed = _guessed(c, [docs[one] for one in learnt], intents[learnt], [docs[one] for one in kept])
            right[c] += int((guessed == intents[kept]).sum())
    return max(_TRIED, key=lambda c: (right[c], -c))


def _guessed(c: float, learnt: list[Doc], intents: NDArray[Any], asked: list[Doc]) -> NDArray[Any]:
    features = Features.learn(learnt)
    machine = LinearSVC(C=c, random_state=0).fit(features.rows(learnt), intents)
    guessed: NDArray[Any] = machine.predict(features.rows(asked))
    return guessed


def _read(nlp: Any, pairs: list[tuple[str, str]]) -> tuple[list[Doc], NDArray[Any]]:
    """Folded as texts reach Rasa, where a question keeps its mark."""
    docs = [nlp(fold(text) + (" ?" if "?" in text else "")) for text, _ in pairs]
    return docs, np.array([intent for _, intent in pairs])


if __name__ == "__main__":
    answer(compare)

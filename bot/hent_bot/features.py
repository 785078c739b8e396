"""What the classifier looks at in a text: its words, the pieces of its words, and where they lie among French words.

Words by their lemmas, alone and by two: "pas recu". Pieces of two to five letters, for what is misspelt. And the mean
of the words' vectors, the rare weighing more, for what nobody has said in these words before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from spacy.tokens import Doc

# Folding has made words of one letter ("l", "d", "y a"), and "?" says that something is asked.
_LEMMAS = {"token_pattern": r"(?u)\b\w+\b|\?", "ngram_range": (1, 2)}
_PIECES = {"analyzer": "char_wb", "ngram_range": (2, 5)}
_FILE = "features.npz"


class Features:
    """Texts as rows of figures: one of length 1 for lemmas, one for pieces, one for meaning, side by side."""

    def __init__(self, lemmas: TfidfVectorizer, pieces: TfidfVectorizer, weights: TfidfVectorizer) -> None:
        """`weights`: the rarity of each word as it is written. Fitted with `learn`, or read with `load`."""
        self._fitted = {"lemmas": lemmas, "pieces": pieces, "weights": weights}
        self._rarity: dict[str, float] = {}
        self._rarest = 0.0
        self._mean: NDArray[np.float32] = np.zeros(0, np.float32)

    @classmethod
    def learn(cls, docs: Sequence[Doc]) -> Features:
        """What is worth looking at in these texts: whatever two of them share."""
        features = cls(*(_vectorizer(name) for name in ("lemmas", "pieces", "weights")))
        features._fitted["lemmas"].fit(map(_lemmas, docs))
        features._fitted["pieces"].fit(doc.text for doc in docs)
        features._fitted["weights"].fit(doc.text for doc in docs)
        features._weigh()
        features._mean = np.mean([features._meaning(doc) for doc in docs], axis=0)
        return features

    def rows(self, docs: Sequence[Doc]) -> csr_matrix:
        """A row a text."""
        meanings = np.array([self._meaning(doc) for doc in docs]) - self._mean
        lemmas = self._fitted["lemmas"].transform(map(_lemmas, docs))
        pieces = self._fitted["pieces"].transform(doc.text for doc in docs)
        return hstack([lemmas, pieces, csr_matrix(normalize(meanings))], format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Words and figures alone: a model holds no code to run."""
        arrays: dict[str, Any] = {"mean": self._mean}
        for name, vectorizer in self._fitted.items():
            arrays[f"{name}_words"] = vectorizer.get_feature_names_out().astype(str)
            arrays[f"{name}_rarity"] = vectorizer.idf_
        np.savez(folder / _FILE, **arrays)

    @classmethod
    def load(cls, folder: Path) -> Features:
        """What `save` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            features = cls(*(_read(name, arrays) for name in ("lemmas", "pieces", "weights")))
            features._weigh()
            features._mean = arrays["mean"]
        return features

    def _weigh(self) -> None:
        """A word's weight is asked for at each word: scikit-learn sums a matrix whenever it is asked for `idf_`."""
        weights = self._fitted["weights"]
        self._rarity = dict(zip(weights.get_feature_names_out().tolist(), weights.idf_.tolist(), strict=True))
        self._rarest = max(self._rarity.values())

    def _meaning(self, doc: Doc) -> NDArray[np.float32]:
        total, sum_of_weights = np.zeros(doc.vocab.vectors_length, np.float32), 0.0
        for token in doc:
            if token.has_vector:
                weight = self._rarity.get(token.text, self._rarest)
                total += weight * token.vector
                sum_of_weights += weight
        return total / sum_of_weights if sum_of_weights else total


def _vectorizer(name: str, words: Any = None) -> TfidfVectorizer:
    if name == "weights":
        return TfidfVectorizer(token_pattern=r"\S+", vocabulary=words)
    shape = _LEMMAS if name == "lemmas" else _PIECES
    return TfidfVectorizer(**shape, sublinear_tf=True, min_df=2, vocabulary=words)


def _read(name: str, arrays: Any) -> TfidfVectorizer:
    words = {str(word): place for place, word in enumerate(arrays[f"{name}_words"])}
    vectorizer = _vectorizer(name, words)
    vectorizer.idf_ = arrays[f"{name}_rarity"]
    return vectorizer


def _lemmas(doc: Doc) -> str:
    return " ".join(token.lemma_ or token.text for token in doc)

"""The linear teacher: TF-IDF of words, characters and outer marks with one softmax per head, out of fold.

It is the baseline of the model card, and its probabilities are the soft targets of both halves of the
model: they fill in heads that rows leave open and smooth labels that one annotator gave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from . import descend
from .data import Row
from .labels import HEADS, WIDTH
from .loss import certain
from .shape import marks
from .tokenizer import normalise

_FOLDS = 4
_EPOCHS = 4
_RATE = 0.1
_LENGTH = 4000


@dataclass
class Teacher:
    """Shared sparse features and one weight row per feature for the logits of all heads."""

    vectorizers: list[TfidfVectorizer]
    weights: np.ndarray

    def logits(self, texts: list[str]) -> np.ndarray:
        """float32 [texts, 35]."""
        return np.asarray(_transform(self.vectorizers, texts) @ self.weights)


def read(rows: list[Row]) -> tuple[list[TfidfVectorizer], csr_matrix]:
    """The features of the rows and what makes them of other texts."""
    texts = [row.text for row in rows]
    vectorizers = [
        TfidfVectorizer(preprocessor=_prepare, token_pattern=r"\w+|[^\w\s]", ngram_range=(1, 2),
                        min_df=2, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(preprocessor=_prepare, analyzer="char_wb", ngram_range=(2, 5),
                        min_df=3, max_features=250_000, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(analyzer=_marks, min_df=2, dtype=np.float32),
    ]
    return vectorizers, hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers]).tocsr()


def learn(features: csr_matrix, rows: list[Row], chosen: np.ndarray | None = None) -> np.ndarray:
    """Weights from the chosen rows, or from all."""
    weight = np.array([row.weight for row in rows])
    return descend.fit(features, certain(rows), weight, _RATE, _EPOCHS, chosen)


def fit(rows: list[Row]) -> tuple[Teacher, np.ndarray]:
    """The teacher on all rows, and the probabilities by a teacher that did not see the row, [rows, 35]."""
    vectorizers, features = read(rows)
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(rows))
    unseen = np.zeros((len(rows), WIDTH), dtype=np.float32)
    for number in range(_FOLDS):
        unseen[fold == number] = features[fold == number] @ learn(features, rows, np.flatnonzero(fold != number))
    return Teacher(vectorizers, learn(features, rows)), chances(unseen)


def chances(logits: np.ndarray) -> np.ndarray:
    """Softmax within each head."""
    powers = np.empty_like(logits)
    for head in HEADS:
        part = logits[:, head.start : head.stop]
        powers[:, head.start : head.stop] = np.exp(part - part.max(1, keepdims=True))
        powers[:, head.start : head.stop] /= powers[:, head.start : head.stop].sum(1, keepdims=True)
    return powers


def majority(rows: list[Row], texts: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """The logits of a model that always answers with the shares of the labels."""
    shares = np.log(certain(rows).sum(0) + 1.0)
    return {name: np.tile(shares, (len(part), 1)) for name, part in texts.items()}


def _marks(text: str) -> list[str]:
    return marks(_prepare(text))


def _prepare(text: str) -> str:
    return normalise(text[:_LENGTH]).lower()


def _transform(vectorizers: list[TfidfVectorizer], texts: list[str]) -> csr_matrix:
    return hstack([vectorizer.transform(texts) for vectorizer in vectorizers]).tocsr()

"""The linear teacher: TF-IDF of words and characters with one softmax per head, out of fold.

It is the baseline of the model card, and its probabilities are the soft targets of the encoder:
they fill in domains that rows leave open and smooth labels that one annotator gave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from torch import nn
from torch.nn import functional

from .data import Row, target_matrix
from .labels import HEADS, WIDTH
from .tokenizer import normalise

_FOLDS = 3
_EPOCHS = 2
_RATE = 0.1
_BATCH = 256


@dataclass
class Teacher:
    """Shared sparse features and one weight row per feature for the logits of all heads."""

    vectorizers: list[TfidfVectorizer]
    weights: nn.EmbeddingBag

    def logits(self, texts: list[str]) -> np.ndarray:
        features = _transform(self.vectorizers, texts)
        return _logits(self.weights, features).numpy()


def fit(rows: list[Row]) -> tuple[Teacher, list[np.ndarray]]:
    """The teacher on all rows, and per head the probabilities by a teacher that did not see the row."""
    texts = [row.text for row in rows]
    vectorizers = [
        TfidfVectorizer(preprocessor=_prepare, token_pattern=r"\w+|[^\w\s]", ngram_range=(1, 2),
                        min_df=2, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(preprocessor=_prepare, analyzer="char_wb", ngram_range=(2, 4),
                        min_df=3, max_features=150_000, sublinear_tf=True, dtype=np.float32),
    ]
    features = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers]).tocsr()
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(rows))
    unseen = torch.zeros(len(rows), WIDTH)
    for number in range(_FOLDS):
        weights = _fit(features, rows, np.flatnonzero(fold != number))
        unseen[torch.from_numpy(fold == number)] = _logits(weights, features[fold == number])
    soft = [torch.softmax(unseen[:, head.start : head.stop], -1).numpy() for head in HEADS]
    return Teacher(vectorizers, _fit(features, rows, np.arange(len(rows)))), soft


def _prepare(text: str) -> str:
    return normalise(text).lower()


def _transform(vectorizers: list[TfidfVectorizer], texts: list[str]) -> csr_matrix:
    return hstack([vectorizer.transform(texts) for vectorizer in vectorizers]).tocsr()


def _fit(features: csr_matrix, rows: list[Row], chosen: np.ndarray) -> nn.EmbeddingBag:
    torch.manual_seed(0)
    dice = np.random.default_rng(0)
    targets = torch.from_numpy(target_matrix(rows))
    weight = torch.tensor([row.weight for row in rows])
    bag = nn.EmbeddingBag(features.shape[1], WIDTH, mode="sum", sparse=True)
    nn.init.zeros_(bag.weight)
    optimizer = torch.optim.Adagrad(bag.parameters(), lr=_RATE)
    for _ in range(_EPOCHS):
        order = dice.permutation(chosen)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            logits = _bag(bag, features[batch])
            losses = [
                functional.cross_entropy(logits[:, head.start : head.stop], targets[batch, column],
                                         ignore_index=-1, reduction="none")
                for column, head in enumerate(HEADS)
            ]
            optimizer.zero_grad()
            (sum(losses) * weight[batch]).mean().backward()
            optimizer.step()
    return bag


def _bag(bag: nn.EmbeddingBag, features: csr_matrix) -> torch.Tensor:
    indices = torch.from_numpy(features.indices.astype(np.int64))
    starts = torch.from_numpy(features.indptr[:-1].astype(np.int64))
    return bag(indices, starts, per_sample_weights=torch.from_numpy(features.data))


def _logits(bag: nn.EmbeddingBag, features: csr_matrix) -> torch.Tensor:
    with torch.no_grad():
        return _bag(bag, features)

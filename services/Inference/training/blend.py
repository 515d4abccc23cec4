"""Adds the two halves of the model with one pair of weights per head, chosen on held-back rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cues import Cues
from .encoder import Encoder
from .labels import HEADS, WIDTH

_WEIGHTS = np.linspace(0.0, 2.0, 21)


@dataclass(frozen=True)
class Classifier:
    """Both halves; `deep_share` and `wide_share` hold one factor per column of the logits."""

    encoder: Encoder
    cues: Cues
    deep_share: np.ndarray
    wide_share: np.ndarray


def blend(encoder: Encoder, cues: Cues, deep: np.ndarray, wide: np.ndarray, targets: np.ndarray) -> Classifier:
    """The factors with the least negative log likelihood for each head on rows that neither half learned from."""
    deep_share, wide_share = np.ones(WIDTH, dtype=np.float32), np.ones(WIDTH, dtype=np.float32)
    for column, head in enumerate(HEADS):
        columns = slice(head.start, head.stop)
        known = targets[:, column] >= 0
        first, second, wanted = deep[known, columns], wide[known, columns], targets[known, column]
        pairs = [(left, right) for left in _WEIGHTS for right in _WEIGHTS]
        best = min(pairs, key=lambda pair: _loss(pair[0] * first + pair[1] * second, wanted))
        deep_share[columns], wide_share[columns] = best
    return Classifier(encoder, cues, deep_share, wide_share)


def _loss(logits: np.ndarray, targets: np.ndarray) -> float:
    shifted = logits - logits.max(1, keepdims=True)
    return float((np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(targets)), targets]).mean())

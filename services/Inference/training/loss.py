"""What both halves of the model are trained on: labels mixed with the teacher's probabilities."""

from __future__ import annotations

import numpy as np
from torch import Tensor
from torch.nn import functional

from .data import Row, seconds, target_matrix
from .labels import COMPLEXITY, DOMAIN, HARM, HEADS, INJECTION, INTENT, SAFETY, WIDTH

HEAD_WEIGHT = {INTENT: 1.0, DOMAIN: 0.7, COMPLEXITY: 0.5, INJECTION: 0.5, HARM: 0.5}
_SMOOTHING = 0.05

# Two readers agree on the first intent of four prompts in five, and on one of two intents of 19 in 20.
_SECOND_SHARE = 0.3


def certain(rows: list[Row]) -> np.ndarray:
    """The labels as probabilities per head, float32 [rows, 35]; zeros where a row has no label."""
    targets, second = target_matrix(rows), seconds(rows)
    wanted = np.zeros((len(targets), WIDTH), dtype=np.float32)
    for column, head in enumerate(HEADS):
        known = np.flatnonzero(targets[:, column] >= 0)
        wanted[known, head.start + targets[known, column]] = 1.0
    both = np.flatnonzero(second >= 0)
    wanted[both, targets[both, 0]] = 1.0 - _SECOND_SHARE
    wanted[both, second[both]] = _SECOND_SHARE
    return wanted


def mixed_with_teacher(rows: list[Row], soft: np.ndarray, share: float) -> np.ndarray:
    """Smoothed labels and a share of the teacher; where a head has no label the teacher alone speaks, of
    safety nobody."""
    wanted = soft.copy()
    targets, hard = target_matrix(rows), certain(rows)
    for column, head in enumerate(HEADS):
        known = targets[:, column] >= 0
        part = slice(head.start, head.stop)
        smooth = (1 - _SMOOTHING) * hard[known, part] + _SMOOTHING / len(head.labels)
        wanted[known, part] = share * soft[known, part] + (1 - share) * smooth
        if head in SAFETY:
            wanted[~known, part] = 0.0
    return wanted


def row_losses(logits: Tensor, wanted: Tensor) -> Tensor:
    """One loss per row."""
    total = logits.new_zeros(len(logits))
    for head in HEADS:
        scores = functional.log_softmax(logits[:, head.start : head.stop], -1)
        total = total - HEAD_WEIGHT[head] * (wanted[:, head.start : head.stop] * scores).sum(-1)
    return total

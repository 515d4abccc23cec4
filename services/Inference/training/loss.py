"""What both halves of the model are trained on: labels mixed with the teacher's probabilities."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from .labels import COMPLEXITY, DOMAIN, HEADS, INTENT

_HEAD_WEIGHT = {INTENT: 1.0, DOMAIN: 0.7, COMPLEXITY: 0.3}
_SMOOTHING = 0.05


def row_losses(logits: Tensor, targets: Tensor, teacher: list[Tensor], teacher_share: float) -> Tensor:
    """One loss per row; where a head has no label the teacher alone speaks."""
    total = logits.new_zeros(len(logits))
    for column, head in enumerate(HEADS):
        scores = functional.log_softmax(logits[:, head.start : head.stop], -1)
        soft = -(teacher[column] * scores).sum(-1)
        hard = functional.nll_loss(scores, targets[:, column].clamp(min=0), reduction="none")
        hard = (1 - _SMOOTHING) * hard - _SMOOTHING * scores.mean(-1)
        mixed = teacher_share * soft + (1 - teacher_share) * hard
        total = total + _HEAD_WEIGHT[head] * torch.where(targets[:, column] >= 0, mixed, soft)
    return total

"""The whole model: the logits of the transformer half plus those of the linear half.

Equal shares are a choice: factors per head fitted on the held-back rows gained nothing on other rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import student
from .cues import Cues
from .encoder import Encoder


@dataclass(frozen=True)
class Classifier:
    """Both halves, learned apart."""

    encoder: Encoder
    cues: Cues

    def halves(self, sequences: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
        """Logits of the transformer and of the linear half, in fp32."""
        return student.logits(self.encoder, sequences), self.cues.logits(sequences)

"""The whole model: the logits of the transformer half plus those of the linear half, plus a shift per label.

Equal shares are a choice: factors per head fitted on the held-back rows gained nothing on other rows. The
shift lets a rare label be the answer more often: `complex` is one row in twenty of what was labelled by
reading, and almost absent from the public data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from . import metrics, student
from .cues import Cues
from .encoder import Encoder
from .labels import COMPLEXITY, HEADS, WIDTH

_MODERATE = np.arange(-1.0, 1.1, 0.25)
_COMPLEX = np.arange(-1.0, 3.6, 0.5)


@dataclass(frozen=True)
class Classifier:
    """Both halves, learned apart, and what is added to their sum."""

    encoder: Encoder
    cues: Cues
    shift: np.ndarray = field(default_factory=lambda: np.zeros(WIDTH, dtype=np.float32))

    def halves(self, sequences: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
        """Logits of the transformer and of the linear half, in fp32."""
        return student.logits(self.encoder, sequences), self.cues.logits(sequences)


def best_shift(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The shift of the complexity labels with the best macro-F1 on these (held-back) rows."""
    wanted = targets[:, HEADS.index(COMPLEXITY)]
    part = logits[wanted >= 0, COMPLEXITY.start : COMPLEXITY.stop]
    shifts = [np.array([0.0, *pair]) for pair in product(_MODERATE, _COMPLEX)]
    shift = np.zeros(WIDTH, dtype=np.float32)
    shift[COMPLEXITY.start :] = max(shifts, key=lambda by: metrics.macro_f1(part + by, wanted[wanted >= 0]))
    return shift

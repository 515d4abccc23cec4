"""Writes what the model reads in the evaluation prompts, for tests of what the platform does with it.

The file holds texts: it belongs outside the repository.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from . import metrics
from .data import Row
from .labels import HEADS

_KEYS = ("intents", "domains", "complexities")


def write(path: Path, sets: dict[str, list[Row]], logits: dict[str, np.ndarray], temperatures: dict[str, float]) -> None:
    """A line per prompt: its labels, and all labels of each head with their probabilities, most probable first."""
    with path.open("w", encoding="utf-8") as lines:
        for name, rows in sets.items():
            chances = [metrics.probabilities(logits[name], head, temperatures[head.name]) for head in HEADS]
            for number, row in enumerate(rows):
                line: dict[str, object] = {"set": name, "text": row.text}
                for head, key, target, part in zip(HEADS, _KEYS, row.targets, chances):
                    line[head.name] = head.labels[target] if target >= 0 else None
                    line[key] = [{"name": head.labels[index], "probability": round(float(part[number, index]), 5)}
                                 for index in np.argsort(-part[number])]
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")

"""Accuracy, macro-F1 and calibration error, and the temperature that lowers the latter."""

from __future__ import annotations

import numpy as np

from .data import Row, target_matrix
from .labels import HEADS, INTENT, Head

_BINS = 10
_TEMPERATURES = np.exp(np.linspace(np.log(0.3), np.log(5.0), 141))


def probabilities(logits: np.ndarray, head: Head, temperature: float) -> np.ndarray:
    """Softmax of one head's columns after division by its temperature."""
    scaled = logits[:, head.start : head.stop].astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def fit_temperature(logits: np.ndarray, targets: np.ndarray, head: Head) -> float:
    """The temperature with the least negative log likelihood on rows that carry a label."""
    known = targets >= 0

    def loss(temperature: float) -> float:
        chosen = probabilities(logits[known], head, temperature)[np.arange(known.sum()), targets[known]]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return round(float(min(_TEMPERATURES, key=loss)), 4)


def accuracy(chances: np.ndarray, targets: np.ndarray) -> float:
    return float((chances.argmax(1) == targets).mean())


def top_two(chances: np.ndarray, targets: np.ndarray) -> float:
    return float((np.argsort(-chances, 1)[:, :2] == targets[:, None]).any(1).mean())


def macro_f1(chances: np.ndarray, targets: np.ndarray) -> float:
    """Mean F1 over the labels that occur in the targets."""
    guesses = chances.argmax(1)
    scores = []
    for label in np.unique(targets):
        right = ((guesses == label) & (targets == label)).sum()
        scores.append(2 * right / ((guesses == label).sum() + (targets == label).sum()))
    return float(np.mean(scores))


def calibration_error(chances: np.ndarray, targets: np.ndarray) -> float:
    """Expected calibration error of the top label over ten equal-width bins."""
    confidence = chances.max(1)
    right = chances.argmax(1) == targets
    number = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(right[number == which].mean() - confidence[number == which].mean()) * (number == which).mean()
        for which in np.unique(number)
    ]
    return float(np.sum(gaps))


def interval(hits: np.ndarray) -> tuple[float, float]:
    """The middle 95 % of 2,000 bootstrap means of a share."""
    dice = np.random.default_rng(0)
    means = dice.binomial(len(hits), hits.mean(), 2000) / len(hits)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def intervals(name: str, rows: list[Row], logits: np.ndarray) -> dict[str, tuple[float, float]]:
    """Intervals of accuracy and of top two, per head, under the keys that `evaluate` gives their figures."""
    targets = target_matrix(rows)
    found = {}
    for column, head in enumerate(HEADS):
        known = targets[:, column] >= 0
        if not known.any():
            continue
        order = np.argsort(-logits[known, head.start : head.stop], 1)
        right = order[:, :2] == targets[known, column][:, None]
        found[f"{name}.{head.name}.accuracy"] = interval(right[:, 0])
        found[f"{name}.{head.name}.topTwo"] = interval(right.any(1))
    return found


def confusion(rows: list[Row], logits: np.ndarray) -> np.ndarray:
    """How often each intent (row) was read as each intent (column)."""
    size = len(INTENT.labels)
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (target_matrix(rows)[:, 0], logits[:, INTENT.start : INTENT.stop].argmax(1)), 1)
    return counts


def evaluate(name: str, rows: list[Row], logits: np.ndarray, temperatures: dict[str, float]) -> dict[str, float]:
    """All figures of one data set under keys such as `dev.intent.accuracy`; unlabelled rows are left out."""
    targets = target_matrix(rows)
    figures: dict[str, float] = {f"{name}.rows": len(rows)}
    for column, head in enumerate(HEADS):
        known = targets[:, column] >= 0
        if not known.any():
            continue
        chances = probabilities(logits[known], head, temperatures[head.name])
        wanted = targets[known, column]
        for measure in (accuracy, top_two, macro_f1, calibration_error):
            words = measure.__name__.split("_")
            key = words[0] + "".join(word.capitalize() for word in words[1:])
            figures[f"{name}.{head.name}.{key}"] = round(measure(chances, wanted), 4)
    return figures


def intent_accuracy_by(groups: list[str], rows: list[Row], logits: np.ndarray) -> dict[str, tuple[int, float]]:
    """Rows and intent accuracy of each group (a language, a source)."""
    right = logits[:, INTENT.start : INTENT.stop].argmax(1) == target_matrix(rows)[:, 0]
    names = np.array(groups)
    return {
        str(group): (int((names == group).sum()), float(right[names == group].mean())) for group in np.unique(names)
    }

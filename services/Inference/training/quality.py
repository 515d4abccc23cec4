"""The data-quality report: schema, duplicates, leakage, balance, label noise and licences, as Markdown.

It names no text. It stops the run where a row of an evaluation file would be learned from.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from .data import Row, target_matrix
from .labels import HEADS, INTENT
from .tokenizer import normalise

_NEAR = 60
_SHORTEST, _LONGEST = 3, 4000


def report(learn: list[Row], held: list[Row], unlabelled: list[Row], sets: dict[str, list[Row]]) -> list[str]:
    """The report of everything that the run is about to use."""
    parts = {"learn": learn, "held back": held, "unlabelled": unlabelled, **sets}
    return ["# Data of this run", "", *_sizes(parts), *_leaks(parts, list(sets)), *_balance(learn)]


def noise(rows: list[Row], soft: np.ndarray) -> dict[str, tuple[int, float, float]]:
    """Per source family: rows, share that a teacher that did not see them contradicts, and contradicts strongly."""
    labelled = target_matrix(rows)[:, 0] >= 0
    targets = target_matrix(rows)[labelled, 0]
    guess = soft[: len(rows), INTENT.start : INTENT.stop][labelled]
    given = guess[np.arange(len(targets)), targets]
    families = np.array([row.family for row in rows])[labelled]
    found = {}
    for family in np.unique(families):
        part = families == family
        found[str(family)] = (int(part.sum()), float((guess[part].argmax(1) != targets[part]).mean()),
                              float((given[part] < 0.02).mean()))
    return found


def noise_table(found: dict[str, tuple[int, float, float]]) -> list[str]:
    lines = ["", "## Label noise", "", "Read against the teacher's answers out of fold: a contradiction is a wrong label",
             "or a weak teacher, a strong one (the label had less than 2 %) more often the former.", "",
             "| source | rows | contradicted | strongly |", "|---|---|---|---|"]
    return lines + [f"| {name} | {count} | {some:.3f} | {much:.3f} |" for name, (count, some, much) in found.items()]


def _sizes(parts: dict[str, list[Row]]) -> list[str]:
    lines = ["| part | rows | empty or under 3 letters | over 4000 characters | same start twice |", "|---|---|---|---|---|"]
    for name, rows in parts.items():
        heads = Counter(_head(row.text) for row in rows)
        lines.append(
            f"| {name} | {len(rows)} | {sum(len(row.text.strip()) < _SHORTEST for row in rows)} "
            f"| {sum(len(row.text) > _LONGEST for row in rows)} | {sum(count - 1 for count in heads.values())} |")
    return lines


def _leaks(parts: dict[str, list[Row]], sets: list[str]) -> list[str]:
    """Equal texts stop the run; equal starts are only counted, since templates share them."""
    lines = ["", "## Leakage", "", "| part | evaluated on | equal texts | equal starts |", "|---|---|---|---|"]
    for name in sets:
        texts, heads = {row.text for row in parts[name]}, {_head(row.text) for row in parts[name]}
        for part in ("learn", "held back", "unlabelled"):
            equal = sum(row.text in texts for row in parts[part])
            if equal:
                raise ValueError(f"{equal} texts of {name} are among the rows of '{part}'")
            lines.append(f"| {part} | {name} | 0 | {sum(_head(row.text) in heads for row in parts[part])} |")
    return lines


def _balance(rows: list[Row]) -> list[str]:
    lines = ["", "## Balance", ""]
    for column, head in enumerate(HEADS):
        counts = Counter(row.targets[column] for row in rows)
        told = ", ".join(f"{label} {counts[index]}" for index, label in enumerate(head.labels))
        lines += [f"- {head.name}: {told}; without a label {counts[-1]}"]
    families = Counter(row.family for row in rows)
    return lines + [f"- sources: {', '.join(f'{name} {count}' for name, count in families.most_common())}"]


def _head(text: str) -> str:
    return re.sub(r"\W+", "", normalise(text).lower())[:_NEAR]

"""Reads the labelled rows. Text stays in memory: nothing of it is written beside the model.

The labels of the pool are part of the repository (`labels.tsv`), its texts are not: whoever has the
pool file gets the same rows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .labels import COMPLEXITY, DOMAIN, HEADS, INTENT, SAFETY, Head
from .texts import BREAK, identity, without

TRAINING_FILES = ("train.jsonl", "train_real.jsonl", "train_authored.jsonl")
EVALUATION_FILES = {
    "dev": "dev.jsonl",
    "oodDev": "ood_dev.jsonl",
    "multilingualDev": "multilingual_dev.jsonl",
}

# In the folder of the safety rows: a file to learn from and one to evaluate on, per head.
SAFETY_FILES = {head: (f"{head.name}_train.jsonl", f"{head.name}_dev.jsonl") for head in SAFETY}

_REAL_SETS = ("oodDev", "multilingualDev")

# How often a row of a source is expected in one epoch. Real and authored prompts look like what
# users type; templates and public question sets are plentiful and look alike.
SOURCE_WEIGHT = {
    "real": 3.0,
    "real by rule": 1.0,
    "pool": 3.0,
    "unlabelled": 0.6,
    "authored": 3.0,
    "awesome-chatgpt-prompts": 0.6,
    "self-instruct": 1.0,
    "phrases": 1.0,
    "dolly-15k": 0.2,
    "dolly-15k-fi(DeepL)": 0.05,
    "grammar": 0.25,
    "P3-T0": 0.15,
    "MMLU": 0.15,
    "GSM8K": 0.2,
    "BBH": 0.15,
    "injection": 0.5,
    "harm": 0.4,
}

# One in HELD_BACK of the rows whose prompt was read and labelled, and of the safety rows, is kept for calibration and for choosing
# between settings; the evaluation files take no part in either.
HELD_BACK = 10
_HELD_BACK_FAMILIES = ("real", "authored", "pool", "injection", "harm")


@dataclass(frozen=True)
class Sources:
    """Folders of the labelled and of the safety rows, files of the pool's labels and of the authored prompts."""

    data: Path
    safety: Path
    labels: Path
    authored: Path


@dataclass(frozen=True)
class Row:
    """One labelled prompt; a target of -1 means that the row has no label for that head.

    `second` is another intent that its reader would accept, or -1.
    """

    text: str
    targets: tuple[int, ...]
    source: str
    language: str
    second: int = -1

    @property
    def family(self) -> str:
        """What decides the weight: the first part of the source; real rows labelled by rules stand apart."""
        return "real by rule" if self.source.endswith("/regex") else self.source.split("/")[0]

    @property
    def weight(self) -> float:
        return SOURCE_WEIGHT[self.family]

    @property
    def held_back(self) -> bool:
        if self.family not in _HELD_BACK_FAMILIES:
            return False
        return int.from_bytes(hashlib.sha256(self.text.encode()).digest()[:4], "big") % HELD_BACK == 0


def read_rows(path: Path) -> list[Row]:
    """All rows of one JSON-lines file, duplicates of the same text dropped."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            targets = tuple(head.index(raw.get(head.name)) for head in HEADS)
            rows.setdefault(raw["text"], Row(raw["text"], targets, raw["source"], raw.get("language") or ""))
    return list(rows.values())


def read_labels(path: Path, pool: list[str]) -> list[Row]:
    """The labelled prompts of the pool: lines of id, intent, second intent, domain, complexity, source."""
    texts = {identity(text): text for text in pool}
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, intent, second, domain, complexity, source = line.split("\t")
        if name in texts:
            targets = targets_of(intent, domain, _given(complexity))
            rows.append(Row(texts[name], targets, f"pool/{source}", "", INTENT.index(_given(second))))
    return rows


def read_authored(path: Path) -> list[Row]:
    """Prompts written for this project: lines of language, intent, domain, complexity, text."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        language, intent, domain, complexity, text = line.split("\t")
        targets = targets_of(intent, domain, complexity)
        rows.append(Row(text.replace(BREAK, "\n"), targets, "authored/own", language))
    return rows


def read_safety(path: Path, head: Head) -> list[Row]:
    """Rows with a label of 0 or 1 for one safety head and none for the others."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            targets = tuple(raw["label"] if other is head else -1 for other in HEADS)
            rows.setdefault(raw["text"], Row(raw["text"], targets, f"{head.name}/{raw['source']}", ""))
    return list(rows.values())


def evaluation_sets(folder: Path, safety: Path) -> dict[str, list[Row]]:
    """Every set that nothing is learned from."""
    sets = {name: read_rows(folder / file) for name, file in EVALUATION_FILES.items()}
    sets.update({f"{head.name}Dev": read_safety(safety / file, head) for head, (_, file) in SAFETY_FILES.items()})
    return sets


def targets_of(intent: str, domain: str, complexity: str | None) -> tuple[int, ...]:
    """The targets of a row that says nothing of safety."""
    return (INTENT.index(intent), DOMAIN.index(domain), COMPLEXITY.index(complexity)) + (-1,) * len(SAFETY)


def _given(label: str) -> str | None:
    return None if label == "-" else label


def read_training(sources: Sources, pool: list[str]) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows to learn from, rows held back, and unlabelled rows; no text of the evaluation files is among them."""
    sets = {name: [row.text for row in rows] for name, rows in evaluation_sets(sources.data, sources.safety).items()}
    seen = [text for texts in sets.values() for text in texts]
    usable = without(pool, seen)
    # The later rows are labelled by reading each prompt, so they win over an equal text before.
    rows = {row.text: row for name in TRAINING_FILES for row in read_rows(sources.data / name)}
    rows.update((row.text, row) for row in (*read_labels(sources.labels, usable), *read_authored(sources.authored)))
    for head, (file, _) in SAFETY_FILES.items():
        for row in read_safety(sources.safety / file, head):
            rows[row.text] = _both(rows.get(row.text), row)
    for text in seen:
        rows.pop(text, None)
    # Templates share their starts with `dev`; with real prompts an equal start is the same prompt, edited.
    apart = set(without(list(rows), [text for name in _REAL_SETS for text in sets[name]]))
    rows = {text: row for text, row in rows.items() if text in apart}
    learn = [row for row in rows.values() if not row.held_back]
    held = [row for row in rows.values() if row.held_back]
    none = (-1,) * len(HEADS)
    return learn, held, [Row(text, none, "unlabelled", "") for text in usable if text not in rows]


def _both(known: Row | None, more: Row) -> Row:
    """One row with the labels of two of the same text."""
    if known is None:
        return more
    return replace(known, targets=tuple(max(pair) for pair in zip(known.targets, more.targets)))


def file_hashes(sources: Sources) -> dict[str, str]:
    """sha256 of every file of labels that training or evaluation reads."""
    names = (*TRAINING_FILES, *EVALUATION_FILES.values())
    files = [*(sources.data / name for name in names), sources.labels, sources.authored,
             *(sources.safety / name for pair in SAFETY_FILES.values() for name in pair)]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def target_matrix(rows: list[Row]) -> np.ndarray:
    """Targets as int64 [rows, heads]."""
    return np.array([row.targets for row in rows], dtype=np.int64)


def seconds(rows: list[Row]) -> np.ndarray:
    """The second intents as int64 [rows], -1 where there is none."""
    return np.array([row.second for row in rows], dtype=np.int64)

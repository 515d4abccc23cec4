"""Reads the labelled rows. Text stays in memory: nothing of it is written beside the model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .labels import HEADS

TRAINING_FILES = ("train.jsonl", "train_real.jsonl", "train_authored.jsonl")
EVALUATION_FILES = {
    "dev": "dev.jsonl",
    "oodDev": "ood_dev.jsonl",
    "multilingualDev": "multilingual_dev.jsonl",
}

# How often a row of a source is expected in one epoch. Real and authored prompts look like what
# users type; templates and public question sets are plentiful and look alike.
SOURCE_WEIGHT = {
    "real": 3.0,
    "authored": 3.0,
    "awesome-chatgpt-prompts": 0.6,
    "self-instruct": 1.0,
    "phrases": 1.0,
    "dolly-15k": 0.5,
    "dolly-15k-fi(DeepL)": 0.15,
    "grammar": 0.35,
    "P3-T0": 0.3,
    "MMLU": 0.3,
    "GSM8K": 0.3,
    "BBH": 0.3,
}

# One in HELD_BACK of the real and authored training rows is kept for calibration and for choosing
# between settings; the evaluation files take no part in either.
HELD_BACK = 10


@dataclass(frozen=True)
class Row:
    """One labelled prompt; a target of -1 means that the row has no label for that head."""

    text: str
    targets: tuple[int, ...]
    source: str
    language: str

    @property
    def family(self) -> str:
        return self.source.split("/")[0]

    @property
    def weight(self) -> float:
        return SOURCE_WEIGHT[self.family]

    @property
    def held_back(self) -> bool:
        if self.family not in ("real", "authored"):
            return False
        return int.from_bytes(hashlib.sha256(self.text.encode()).digest()[:4], "big") % HELD_BACK == 0


def read_rows(path: Path) -> list[Row]:
    """All rows of one JSON-lines file, duplicates of the same text dropped."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            targets = tuple(head.index(raw[head.name]) for head in HEADS)
            rows.setdefault(raw["text"], Row(raw["text"], targets, raw["source"], raw.get("language") or ""))
    return list(rows.values())


def read_training(folder: Path) -> tuple[list[Row], list[Row]]:
    """Rows to learn from and rows held back; texts of the evaluation files are left out of both."""
    seen = {row.text for name in EVALUATION_FILES.values() for row in read_rows(folder / name)}
    learn: dict[str, Row] = {}
    held: dict[str, Row] = {}
    # The later files are labelled by reading each prompt, so they win over an equal text before.
    for name in TRAINING_FILES:
        for row in read_rows(folder / name):
            if row.text not in seen:
                (held if row.held_back else learn)[row.text] = row
    return list(learn.values()), list(held.values())


def file_hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file that training or evaluation reads."""
    names = (*TRAINING_FILES, *EVALUATION_FILES.values())
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def target_matrix(rows: list[Row]) -> np.ndarray:
    """Targets as int64 [rows, heads]."""
    return np.array([row.targets for row in rows], dtype=np.int64)

"""Artefacts named by the hash of what they were made from: finished work is kept, stale work never used."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_SOURCES = ("align.py", "augment.py", "batches.py", "cues.py", "data.py", "descend.c", "descend.py",
            "encoder.py", "labels.py", "loss.py", "phrases.json",
            "phrases.py", "precision.py", "sentence.py", "shape.py", "student.py", "teacher.py", "texts.py",
            "tokenizer.py", "vocabulary.py")


def code_hashes() -> dict[str, str]:
    """The files here that decide what is learned."""
    return {name: hashlib.sha256(Path(__file__).with_name(name).read_bytes()).hexdigest()[:16] for name in _SOURCES}


class Steps:
    """Keeps the artefact of a step under a name made of the hash of everything it depends on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str, inputs: object) -> Path:
        key = hashlib.sha256(json.dumps(inputs, sort_keys=True, default=str).encode()).hexdigest()[:16]
        return self._folder / f"{name}-{key}"

    def keep(self, name: str, inputs: object, make: Callable[[], T]) -> T:
        """The stored result of these inputs, or a new one that is stored."""
        path = self.path(name, inputs)
        if not path.exists():
            print(f"{name}: working", flush=True)
            partial = path.with_suffix(".part")
            partial.write_bytes(pickle.dumps(make(), protocol=4))
            partial.replace(path)
        return pickle.loads(path.read_bytes())

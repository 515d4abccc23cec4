"""Unlabelled text: a folder of files for pre-training, and a pool of prompts that nobody labelled.

A text file (`*.txt`) holds one passage per line. The pool is a JSON-lines file with a
`text` per line. Neither is part of the repository (see SOURCES.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from .tokenizer import normalise

_LEAST = 20
_HEAD = 60


def read_folder(folder: Path | None) -> list[str]:
    """The passages of all text files, in the order of the file names; none without a folder."""
    files = sorted(folder.glob("*.txt")) if folder else []
    passages = (line.strip() for file in files for line in file.read_text(encoding="utf-8").split("\n"))
    return list(dict.fromkeys(passage for passage in passages if len(passage) >= _LEAST))


def read_pool(path: Path | None) -> list[str]:
    """The prompts of the pool, equal ones once; none without a pool."""
    if path is None:
        return []
    with path.open(encoding="utf-8") as lines:
        return list(dict.fromkeys(json.loads(line)["text"] for line in lines))


def without(texts: list[str], known: list[str]) -> list[str]:
    """The texts that begin like none of the known ones (letters and digits only, 60 of them)."""
    heads = {_head(text) for text in known}
    return [text for text in texts if _head(text) not in heads]


def identity(text: str) -> str:
    """How labels name a text that they do not carry: 16 hex digits of the sha256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def content_hash(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _head(text: str) -> str:
    return re.sub(r"\W+", "", normalise(text).lower())[:_HEAD]

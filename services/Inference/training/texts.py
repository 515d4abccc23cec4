"""Text without labels: a folder of files, sentences with their translations, and a pool of prompts.

A text file (`name.LANGUAGE.txt`) holds one passage per line. The pool is a JSON-lines file with `text` and
`lang`. None of it is part of the repository (see SOURCES.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import nullcontext
from pathlib import Path

from .tokenizer import normalise

# Stands for a line break where a line is a row.
BREAK = "⏎"

_LEAST = 20
_FILE_START = 500_000
_HEAD = 60


def read_folder(folder: Path | None) -> dict[str, list[str]]:
    """The passages of the text files by language: `name.de.txt` is German. At most the start of each file."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.*.txt")) if folder else []:
        with file.open(encoding="utf-8") as text:
            lines = (line.strip() for line in text.read(_FILE_START).split("\n"))
            found.setdefault(file.name.split(".")[-2], []).extend(line for line in lines if len(line) >= _LEAST)
    return {language: list(dict.fromkeys(part)) for language, part in found.items()}


def read_pairs(path: Path | None) -> dict[str, list[tuple[str, str]]]:
    """English and its translation by language, from lines of language, English, translation (see `pairs.py`)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path else []:
        language, english, other = line.split("\t")
        found.setdefault(language, []).append((english.replace(BREAK, "\n"), other.replace(BREAK, "\n")))
    return found


def read_pool(path: Path | None) -> list[str]:
    """The prompts of the pool, equal ones once; none without a pool."""
    if path is None:
        return []
    with path.open(encoding="utf-8") as lines:
        return list(dict.fromkeys(json.loads(line)["text"] for line in lines))


def read_languages(path: Path | None) -> dict[str, list[str]]:
    """The prompts of the pool by the language that it names."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") if path else nullcontext([]) as lines:
        for row in map(json.loads, lines):
            found.setdefault(row["lang"], []).append(row["text"])
    return found


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

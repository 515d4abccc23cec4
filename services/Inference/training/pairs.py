"""English and its translations, from what Debian packages carry: the file that `--pairs` names.

/usr/bin/python3 -m training.pairs MESSAGES DICTIONARIES > pairs.tsv

MESSAGES holds `LANGUAGE/LC_MESSAGES/*.mo` folders somewhere below it (unpacked `libreoffice-l10n-*` packages, or
`/usr/share/locale`), DICTIONARIES `freedict-*.dict.dz` files (unpacked `dict-freedict-*` packages). One line per pair: language,
English, translation. None of it is part of the repository.
"""

from __future__ import annotations

import gettext
import gzip
import html
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from .vocabulary import LANGUAGES

_MOST = 30_000
_LONGEST = 300
_LOCALES = {"pt-BR": "pt", "pt_BR": "pt", "zh-CN": "zh", "zh_CN": "zh", "zh_TW": "zh", **{name: name for name in LANGUAGES}}
_DICTIONARIES = {"deu": "de", "fra": "fr", "spa": "es", "por": "pt", "ita": "it", "jpn": "ja"}

# Names of countries and languages are no sentences.
_LISTS = "iso_"

_HEADWORD = re.compile(r"^(\S.*?) /.+/")
_NO_SENSE = ("Note", "Synonym", "see", "(", "{", '"', "-")
_MEANINGS = 2


def main() -> None:
    messages, dictionaries = map(Path, sys.argv[1:3])
    for found in (_messages(messages), _entries(dictionaries)):
        for language, pairs in found.items():
            kept = list(dict.fromkeys(pairs))
            random.Random(0).shuffle(kept)
            for english, other in kept[:_MOST]:
                print(language, english, other, sep="\t")


def _messages(folder: Path) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(folder.rglob("*.mo")):
        language = _LOCALES.get(file.parts[-3])
        if language and not file.name.startswith(_LISTS):
            found.setdefault(language, []).extend(_usable(_catalogue(file)))
    return found


def _catalogue(file: Path) -> Iterator[tuple[str, str]]:
    """The entries without their context; of several forms the first."""
    with file.open("rb") as content:
        try:
            entries = gettext.GNUTranslations(content)._catalog  # type: ignore[attr-defined]
        except (UnicodeDecodeError, OSError):
            return
    for key, value in entries.items():
        text = key[0] if isinstance(key, tuple) else key
        yield text.split("\x04")[-1], value


def _entries(folder: Path) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(folder.rglob("freedict-*.dict.dz")):
        source, target = file.name.split(".")[0].split("-")[1:]
        language = _DICTIONARIES[source if target == "eng" else target]
        pairs = _senses(file)
        found.setdefault(language, []).extend(
            _usable((sense, word) if target == "eng" else (word, sense) for word, sense in pairs))
    return found


def _senses(file: Path) -> Iterator[tuple[str, str]]:
    """Each headword with at most two of its meanings."""
    word, left = "", 0
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            head = _HEADWORD.match(line)
            if head:
                word, left = head.group(1), _MEANINGS
                continue
            sense = re.sub(r"^\d+\. ", "", line.strip())
            if not left or not sense or ":" in sense or sense.startswith(_NO_SENSE):
                continue
            left -= 1
            yield word, ", ".join(re.sub(r"<[^>]*>|\[[^\]]*\]|\([^)]*\)", "", sense).split(";")[0].split(",")[:2]).strip()


def _usable(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for english, other in pairs:
        english, other = _clean(english), _clean(other)
        short = 2 <= len(english) <= _LONGEST and 1 <= len(other) <= _LONGEST
        if short and english != other and re.search("[a-z]{3}", english):
            yield english, other


def _clean(text: str) -> str:
    """Without marks of keys, placeholders and tags."""
    text = re.sub(r"[~_&](?=\w)", "", html.unescape(re.sub(r"<[^>]{1,60}>", "", text)))
    text = re.sub(r"%\d?\$?[A-Za-z]+|\$\([A-Za-z0-9]+\)", "", text)
    return re.sub(r"\s+", " ", text).strip(" .…:")


if __name__ == "__main__":
    main()

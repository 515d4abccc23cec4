"""What a prompt looks like from outside, as words for the linear teacher: its start, its end, its length."""

from __future__ import annotations

import math
import re

_WORD = re.compile(r"\w+|[^\w\s]")
_FIRST, _LAST, _PLACES = 8, 6, 3


def marks(text: str) -> list[str]:
    """First and last words, the first ones with their place and with their neighbour, and the length."""
    words = _WORD.findall(text)
    first, last = words[:_FIRST], words[-_LAST:]
    return [
        *(f"first {word}" for word in first),
        *(f"last {word}" for word in last),
        *(f"{place} {word}" for place, word in enumerate(first[:_PLACES])),
        *(f"start {left} {right}" for left, right in zip(first, first[1:])),
        f"length {int(3 * math.log2(len(words) + 1))}",
        f"lines {int(2 * math.log2(text.count(chr(10)) + 1))}",
    ]

"""The confusion of intents as a picture: rows are the labels, columns the answers, darker is more."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .labels import INTENT

_CELL, _LEFT, _TOP = 34, 160, 150


def write(path: Path, counts: np.ndarray) -> None:
    """An SVG of counts; the shade is the share of the row."""
    size = len(INTENT.labels)
    width, height = _LEFT + size * _CELL + 10, _TOP + size * _CELL + 10
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        "<title>Intents of oodDev: label (row) against answer (column)</title>",
    ]
    for number, label in enumerate(INTENT.labels):
        middle = number * _CELL + _CELL // 2
        parts.append(f'<text x="{_LEFT - 8}" y="{_TOP + middle + 4}" text-anchor="end">{label}</text>')
        parts.append(f'<text transform="translate({_LEFT + middle + 4} {_TOP - 8}) rotate(-60)">{label}</text>')
    for row in range(size):
        for column in range(size):
            parts.append(_cell(row, column, int(counts[row, column]), float(shares[row, column])))
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def _cell(row: int, column: int, count: int, share: float) -> str:
    x, y = _LEFT + column * _CELL, _TOP + row * _CELL
    shade = round(255 - 200 * share)
    colour = f"rgb({shade},{round(255 - 110 * share)},255)" if row == column else f"rgb(255,{shade},{shade})"
    box = f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="{colour}"/>'
    if not count:
        return box
    return f'{box}<text x="{x + _CELL // 2}" y="{y + _CELL // 2 + 4}" text-anchor="middle">{count}</text>'

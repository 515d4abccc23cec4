"""How well a source is read that training has never seen: the linear teacher, once without each source.

/usr/bin/python3 -m training.leave_out --data DATA --pool POOL   prints a table.
"""

from __future__ import annotations

import numpy as np

from . import teacher
from .data import Row, read_training, target_matrix
from .labels import DOMAIN, INTENT
from .metrics import interval
from .options import parse
from .texts import read_pool

_FEWEST = 250


def source(row: Row) -> str:
    """Rows of one origin together, whoever labelled them."""
    parts = row.source.split("/")
    return parts[1] if parts[0] in ("real", "pool") else parts[0]


def main() -> None:
    options = parse(__doc__ or "")
    learn, held, _ = read_training(options.sources, read_pool(options.pool))
    rows = [*learn, *held]
    _, features = teacher.read(rows)
    sources, targets = np.array([source(row) for row in rows]), target_matrix(rows)
    print("| source left out | rows | intent | top 2 | domain |\n|---|---|---|---|---|")
    for name in sorted(set(sources)):
        # Rows of the safety sets have no intent.
        part = (sources == name) & (targets[:, 0] >= 0)
        if part.sum() >= _FEWEST:
            logits = features[part] @ teacher.learn(features, rows, np.flatnonzero(sources != name))
            print(f"| {name} | {part.sum()} | {_line(logits, targets[part])} |", flush=True)


def _line(logits: np.ndarray, targets: np.ndarray) -> str:
    order = np.argsort(-logits[:, INTENT.start : INTENT.stop], 1)[:, :2] == targets[:, :1]
    low, high = interval(order[:, 0])
    known = targets[:, 1] >= 0
    domains = logits[known, DOMAIN.start : DOMAIN.stop].argmax(1) == targets[known, 1]
    domain = f"{domains.mean():.3f}" if known.any() else "-"
    return f"{order[:, 0].mean():.3f} ({low:.3f} to {high:.3f}) | {order.any(1).mean():.3f} | {domain}"


if __name__ == "__main__":
    main()

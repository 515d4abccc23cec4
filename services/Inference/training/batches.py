"""Length-sorted batches under a token budget: padding would cost most of the time otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .tokenizer import PAD_ID


def split(lengths: Sequence[int], budget: int, most: int = 10**9) -> list[np.ndarray]:
    """Indices grouped so that rows times longest row stays within the budget, and at most `most` rows."""
    batches: list[np.ndarray] = []
    start = 0
    order = np.argsort(np.asarray(lengths), kind="stable")
    for end in range(1, len(order) + 1):
        if end == len(order) or end - start == most or (end - start + 1) * lengths[order[end]] > budget:
            batches.append(order[start:end])
            start = end
    return batches


def pad(sequences: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """`ids` and `mask` as int64 [rows, longest]."""
    longest = max(map(len, sequences))
    ids = np.full((len(sequences), longest), PAD_ID, dtype=np.int64)
    mask = np.zeros((len(sequences), longest), dtype=np.int64)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return ids, mask


def padded(sequences: Sequence[Sequence[int]], budget: int,
           most: int = 10**9) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Batches as (indices, ids, mask)."""
    for chosen in split([len(sequence) for sequence in sequences], budget, most):
        yield chosen, *pad([sequences[index] for index in chosen])

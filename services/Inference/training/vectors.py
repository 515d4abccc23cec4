"""Word vectors from the training prompts alone: the encoder's embedding starts from them.

Which tokens stand near each other, as positive pointwise mutual information, reduced by a truncated
singular value decomposition. No labels are read.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

_WINDOW = 6
_SMOOTHING = 0.75
_SCALE = 0.05


def learn(sequences: list[list[int]], vocab: int, width: int) -> np.ndarray:
    """float32 [vocab, width] with standard deviation 0.05; tokens that never occur get noise of that size."""
    information = _information(_neighbours(sequences, vocab))
    left, strength, _ = randomized_svd(information, width, n_iter=3, random_state=0)
    vectors = left * np.sqrt(strength)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unknown = lengths[:, 0] == 0
    vectors = vectors / np.maximum(lengths, 1e-9) * np.sqrt(width)
    vectors[unknown] = np.random.default_rng(0).normal(size=(int(unknown.sum()), width))
    return (_SCALE * vectors).astype(np.float32)


def _neighbours(sequences: list[list[int]], vocab: int) -> csr_matrix:
    """How often two tokens stand within the window, nearer ones counting more."""
    gap = [-1] * _WINDOW
    line = np.array([token for sequence in sequences for token in (*sequence, *gap)])
    total = csr_matrix((vocab, vocab), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        first, second = line[:-distance], line[distance:]
        inside = (first >= 0) & (second >= 0)
        weight = np.full(int(inside.sum()), 1.0 / distance, dtype=np.float32)
        total = total + coo_matrix((weight, (first[inside], second[inside])), shape=(vocab, vocab)).tocsr()
    return (total + total.T).tocsr()


def _information(counts: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information with the context distribution smoothed."""
    entries = counts.tocoo()
    rows = np.asarray(counts.sum(1)).ravel()
    columns = rows ** _SMOOTHING
    value = np.log(entries.data * columns.sum() / (rows[entries.row] * columns[entries.col]))
    kept = value > 0
    return coo_matrix((value[kept], (entries.row[kept], entries.col[kept])), shape=counts.shape).tocsr()

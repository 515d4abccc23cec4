"""The linear half of the model: learned logits of every token and of every pair of neighbours.

Tokens are folded to lower case, and while learning each token also carries the character n-grams of its
piece, so that a rare word borrows from its relatives. At the end the n-grams are summed into the row of
their token: reading a prompt is one table look-up per token and per pair.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import csr_matrix, diags, hstack
from torch import nn

from .data import Row, target_matrix
from .labels import WIDTH
from .loss import row_losses
from .tokenizer import Tokenizer

PAIR_ROWS = 131_071
PAIR_FACTOR = 31_337

_EPOCHS = 3
_RATE = 0.1
_BATCH = 256
_TEACHER_SHARE = 0.5
_GRAMS = (2, 3, 4)


@dataclass(frozen=True)
class Cues:
    """`fold`: int64 [vocab], the lower-case token of each; `table`: float32 [vocab + PAIR_ROWS, 31]."""

    fold: np.ndarray
    table: np.ndarray

    def logits(self, sequences: list[list[int]]) -> np.ndarray:
        """Summed rows over the root of the length, as the graph computes them."""
        features = _features(sequences, self.fold)
        return np.asarray(features @ self.table, dtype=np.float32)


def fit(rows: list[Row], soft: list[np.ndarray], words: Tokenizer) -> Cues:
    fold = _fold(words)
    plain = _features([words.encode_for_model(row.text) for row in rows], fold)
    grams = _grams(words)
    features = hstack([plain, plain[:, : words.size] @ grams]).tocsr()
    weights = _descend(features, rows, soft)
    table = weights[: plain.shape[1]].copy()
    table[: words.size] += grams @ weights[plain.shape[1] :]
    return Cues(fold, table.astype(np.float32))


def _fold(words: Tokenizer) -> np.ndarray:
    fold = np.arange(words.size)
    for token in range(words.size):
        lower = words.id(words.piece(token).lower())
        if words.is_text(token) and words.is_text(lower):
            fold[token] = lower
    return fold


def _features(sequences: list[list[int]], fold: np.ndarray) -> csr_matrix:
    """Counts of tokens and pairs per row, divided by the root of its length."""
    columns, ends = [], [0]
    for sequence in sequences:
        tokens = fold[np.array(sequence)]
        pairs = len(fold) + (tokens[:-1] * PAIR_FACTOR + tokens[1:]) % PAIR_ROWS
        columns += [tokens, pairs]
        ends.append(ends[-1] + len(tokens) + len(pairs))
    counts = csr_matrix((np.ones(ends[-1], dtype=np.float32), np.concatenate(columns), np.array(ends)),
                        shape=(len(sequences), len(fold) + PAIR_ROWS))
    counts.sum_duplicates()
    lengths = np.array([len(sequence) for sequence in sequences])
    return (diags(lengths ** -0.5) @ counts).tocsr().astype(np.float32)


def _grams(words: Tokenizer) -> csr_matrix:
    """[vocab, n-grams]: the n-grams of each piece, rarer ones weighing more, each row of length one."""
    found = [_pieces_of(words, token) for token in range(words.size)]
    counts = Counter(gram for grams in found for gram in grams)
    place = {gram: number for number, gram in enumerate(sorted(gram for gram, count in counts.items() if count > 1))}
    rows, columns, values = [], [], []
    for token, grams in enumerate(found):
        shared = sorted(gram for gram in grams if gram in place)
        weight = np.array([np.log(words.size / counts[gram]) for gram in shared])
        rows += [token] * len(shared)
        columns += [place[gram] for gram in shared]
        values += list(weight / np.linalg.norm(weight)) if shared else []
    return csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=(words.size, len(place)))


def _pieces_of(words: Tokenizer, token: int) -> set[str]:
    if not words.is_text(token):
        return set()
    piece = words.piece(token).lower()
    return {piece[start : start + size] for size in _GRAMS for start in range(len(piece) - size + 1)}


def _descend(features: csr_matrix, rows: list[Row], soft: list[np.ndarray]) -> np.ndarray:
    dice = np.random.default_rng(0)
    targets = torch.from_numpy(target_matrix(rows))
    teacher = [torch.from_numpy(part) for part in soft]
    weight = torch.tensor([row.weight for row in rows])
    bag = nn.EmbeddingBag(features.shape[1], WIDTH, mode="sum", sparse=True)
    nn.init.zeros_(bag.weight)
    optimizer = torch.optim.Adagrad(bag.parameters(), lr=_RATE)
    for _ in range(_EPOCHS):
        order = dice.permutation(len(rows))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            part = features[batch]
            logits = bag(torch.from_numpy(part.indices.astype(np.int64)),
                         torch.from_numpy(part.indptr[:-1].astype(np.int64)),
                         per_sample_weights=torch.from_numpy(part.data))
            losses = row_losses(logits, targets[batch], [one[batch] for one in teacher], _TEACHER_SHARE)
            optimizer.zero_grad()
            (losses * weight[batch]).mean().backward()
            optimizer.step()
    return bag.weight.detach().numpy()

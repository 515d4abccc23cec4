"""The linear half of the model: learned logits of every token, of every pair of neighbours, and of how a
prompt begins, ends and how long it is.

Tokens are folded to lower case, and while learning each token also carries the character n-grams of its
piece, so that a rare word borrows from its relatives. At the end the n-grams are summed into the row of
their token: reading a prompt is one table look-up per token and per pair, and some forty more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from . import descend
from .data import Row
from .loss import mixed_with_teacher
from .tokenizer import Tokenizer

# The table: a row per token, PAIR_ROWS rows shared by whatever is hashed, a row per token for the first
# words and one for the last, and LENGTH_ROWS rows for the length.
PAIR_ROWS = 131_071
LENGTH_ROWS = 32
FIRST = 8
LAST = 8

# Hashed together with its place stand the first PLACES tokens, and the pairs among the first START.
PLACES = 3
START = 6

# (left factor, right factor, added) of each hash; a different one for each thing that is hashed.
PAIR_HASH = (31_337, 1, 0)
PLACE_HASH = (7_919, 104_729, 13)
START_HASH = (48_611, 17, 3)

# A length adds its row times LENGTH_SHARE, whatever the length; rows of the table are otherwise summed
# and divided by the root of the length.
LENGTH_SHARE = 0.5
LENGTH_STEPS = 3.0

_EPOCHS = 4
_RATE = 0.1
_TEACHER_SHARE = 0.5
_GRAMS = (2, 3, 4)


@dataclass(frozen=True)
class Cues:
    """`fold`: int64 [vocab], the lower-case token of each; `table`: float32 [rows(vocab), 35]."""

    fold: np.ndarray
    table: np.ndarray

    def logits(self, sequences: list[list[int]]) -> np.ndarray:
        """Summed rows over the root of the length, as the graph computes them."""
        features = features_of(sequences, self.fold)
        return np.asarray(features @ self.table, dtype=np.float32)


def fit(examples: list[Row], soft: np.ndarray, words: Tokenizer) -> Cues:
    """Learns from labels and the teacher's probabilities, [rows, 35]."""
    fold = _fold(words)
    plain = features_of([words.encode_for_model(row.text) for row in examples], fold)
    grams = _grams(words)
    features = hstack([plain, plain[:, : words.size] @ grams]).tocsr()
    wanted = mixed_with_teacher(examples, soft, _TEACHER_SHARE)
    weights = descend.fit(features, wanted, np.array([row.weight for row in examples]), _RATE, _EPOCHS)
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


def rows(vocab: int) -> int:
    """Rows of the table."""
    return 3 * vocab + PAIR_ROWS + LENGTH_ROWS


def mix(left: np.ndarray, right: np.ndarray, factors: tuple[int, int, int]) -> np.ndarray:
    """The hashed row, counted from the first of the hashed rows."""
    return (left * factors[0] + right * factors[1] + factors[2]) % PAIR_ROWS


def features_of(sequences: list[list[int]], fold: np.ndarray) -> csr_matrix:
    """How much every row of the table counts in each prompt."""
    vocab = len(fold)
    columns, values, ends = [], [], [0]
    for sequence in sequences:
        found, weights = _row(fold[np.array(sequence)], vocab)
        columns.append(found)
        values.append(weights)
        ends.append(ends[-1] + len(found))
    counts = csr_matrix((np.concatenate(values), np.concatenate(columns), np.array(ends)),
                        shape=(len(sequences), rows(vocab)))
    counts.sum_duplicates()
    return counts


def _row(tokens: np.ndarray, vocab: int) -> tuple[np.ndarray, np.ndarray]:
    places, start = tokens[:PLACES], tokens[:START]
    hashed = np.concatenate([
        mix(tokens[:-1], tokens[1:], PAIR_HASH),
        mix(places, np.arange(len(places)), PLACE_HASH),
        mix(start[:-1], start[1:], START_HASH),
    ])
    first = vocab + PAIR_ROWS
    length = 3 * vocab + PAIR_ROWS + int(LENGTH_STEPS * np.log2(len(tokens)))
    found = np.concatenate([
        tokens, vocab + hashed, first + tokens[:FIRST], first + vocab + tokens[-LAST:], [length]])
    weights = np.full(len(found), len(tokens) ** -0.5, dtype=np.float32)
    weights[-1] = LENGTH_SHARE
    return found, weights


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

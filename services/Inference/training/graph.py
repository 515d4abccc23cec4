"""Writes the encoder as an ONNX graph by hand, in fp32 or in int8.

int8: every matrix product with a weight becomes DynamicQuantizeLinear + MatMulInteger with signed
8-bit weights, one scale per column (unsigned weights halve the speed of ONNX Runtime's kernels);
the embedding keeps one scale per row. Products of two activations and the head stay fp32.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from . import cues
from .classifier import LINEAR_SHARE, Classifier
from .encoder import EPSILON, MASKED, SENTENCE_SCALE, STRONGEST_SCALE, positions
from .labels import WIDTH
from .tokenizer import MAX_TOKENS

_OPSET = 17
_IR_VERSION = 8
_LEVELS = 127


class GraphWriter:
    """Collects nodes and constants; every method returns the name of the value it adds."""

    def __init__(self, quantised: bool) -> None:
        self.quantised = quantised
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        if all(known.name != name for known in self.constants):
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def layer_norm(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        scale, shift = self.constant(f"{name}_scale", weight), self.constant(f"{name}_shift", bias)
        return self.node("LayerNormalization", [x, scale, shift], name, axis=-1, epsilon=EPSILON)

    def linear(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x times weight [in, out] plus bias."""
        product = self._integer_product(x, name, weight) if self.quantised else self.node(
            "MatMul", [x, self.constant(f"{name}_weight", weight)], f"{name}_product")
        return self.node("Add", [product, self.constant(f"{name}_bias", bias)], name)

    def embedding(self, ids: str, name: str, table: np.ndarray) -> str:
        if not self.quantised:
            return self.node("Gather", [self.constant(f"{name}_table", table), ids], name)
        levels, scale = quantise(table, axis=1)
        rows = self.node("Gather", [self.constant(f"{name}_levels", levels), ids], f"{name}_rows")
        scales = self.node("Gather", [self.constant(f"{name}_scales", scale), ids], f"{name}_row_scales")
        floats = self.node("Cast", [rows], f"{name}_floats", to=TensorProto.FLOAT)
        return self.node("Mul", [floats, scales], name)

    def _integer_product(self, x: str, name: str, weight: np.ndarray) -> str:
        levels, scale = quantise(weight, axis=0)
        outputs = [f"{name}_input", f"{name}_input_scale", f"{name}_input_zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], outputs, name=f"{name}_quantise"))
        weights = self.constant(f"{name}_levels", levels)
        zeros = self.constant(f"{name}_zeros", np.zeros(weight.shape[1], dtype=np.int8))
        whole = self.node("MatMulInteger", [outputs[0], weights, outputs[2], zeros], f"{name}_whole")
        floats = self.node("Cast", [whole], f"{name}_floats", to=TensorProto.FLOAT)
        scales = self.node("Mul", [outputs[1], self.constant(f"{name}_scales", scale[0])], f"{name}_scale")
        return self.node("Mul", [floats, scales], f"{name}_product")


def quantise(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Signed levels and the fp32 scale along `axis` (kept as a dimension of one)."""
    scale = np.maximum(np.abs(values).max(axis, keepdims=True), 1e-8) / _LEVELS
    return np.clip(np.rint(values / scale), -_LEVELS, _LEVELS).astype(np.int8), scale.astype(np.float32)


def build(classifier: Classifier, quantised: bool) -> onnx.ModelProto:
    """The whole graph: `ids`, `mask` int64 [B, S] to `logits` float [B, 35]."""
    # 1 embed  2 mask  3 layers  4 views of the tokens  5 heads  6 linear half
    model = classifier.encoder
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    graph = GraphWriter(quantised)
    # 1
    length = graph.node("Shape", ["ids"], "length", start=1, end=2)
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    embedding = 2 * state["embedding.weight"]
    table = graph.constant("position_table", positions(MAX_TOKENS, embedding.shape[1]).numpy())
    position = graph.node("Slice", [table, zero, length, zero], "position")
    x = graph.node("Add", [graph.embedding("ids", "embedding", embedding), position], "embedded")
    # 2
    present = graph.node("Cast", ["mask"], "present", to=TensorProto.FLOAT)
    absent = graph.node("Sub", [present, graph.constant("unit", np.float32(1))], "absent")
    penalty = graph.node("Mul", [absent, graph.constant("masked", np.float32(MASKED))], "penalty")
    bias = graph.node("Unsqueeze", [penalty, graph.constant("inner_axes", np.array([1, 2]))], "attention_bias")
    # 3
    for number, layer in enumerate(model.layers):
        x = _layer(graph, x, bias, state, number, layer.heads)
    # 4
    count = graph.node("ReduceSum", ["present", one], "count", keepdims=1)
    share = graph.node("Unsqueeze", [graph.node("Div", [present, count], "share"), one], "share_row")
    mean = graph.node("Squeeze", [graph.node("MatMul", [share, x], "mean_row"), one], "mean")
    outside = graph.node("Unsqueeze", [penalty, graph.constant("last_axis", np.array([2]))], "outside")
    strongest = graph.node("ReduceMax", [graph.node("Add", [x, outside], "inside")], "strongest", axes=[1], keepdims=0)
    sentence = graph.linear(mean, "sentence_raw", state["sentence.weight"].T, state["sentence.bias"])
    direction = graph.node("LpNormalization", [graph.node("Tanh", [sentence], "sentence_bent")], "sentence", axis=1, p=2)
    # 5
    weight = graph.constant("head_weight", _scaled_head(state["head.weight"]).T)
    views = graph.node("Concat", [direction, mean, strongest], "views", axis=1)
    deep = graph.node("Gemm", [views, weight, graph.constant("head_bias", state["head.bias"] + classifier.shift)], "deep")
    # 6
    graph.node("Add", [deep, _wide(graph, LINEAR_SHARE * classifier.cues.table, classifier.cues.fold)], "logits")
    return _model(graph)


def _wide(graph: GraphWriter, table: np.ndarray, fold: np.ndarray) -> str:
    """The linear half: rows of the table for tokens, pairs, places, start, end and length, weighed and summed."""
    vocab = len(fold)
    tokens = graph.node("Gather", [graph.constant("fold", fold.astype(np.int64)), "ids"], "tokens")
    first = vocab + cues.PAIR_ROWS
    parts = [
        (tokens, "present"),
        _hashed(graph, "pair", _slice(graph, tokens, 0, -1, "left"), _slice(graph, tokens, 1, None, "right"),
                _slice(graph, "present", 1, None, "right_present"), cues.PAIR_HASH, vocab),
        _places(graph, tokens, vocab),
        _start(graph, tokens, vocab),
        (_shifted(graph, _slice(graph, tokens, 0, cues.FIRST, "first"), first, "first_rows"),
         _slice(graph, "present", 0, cues.FIRST, "first_present")),
        _end(graph, tokens, first + vocab),
    ]
    root = graph.node("Sqrt", ["count"], "root_count")
    known = graph.node("Concat", [present for _, present in parts], "cues_known", axis=1)
    weights = graph.node("Div", [known, root], "cues_scaled")
    length = graph.node("Mul", [graph.node("Log", ["count"], "log_count"),
                                graph.constant("length_steps", np.float32(cues.LENGTH_STEPS / np.log(2)))], "log_two")
    # The length is whole: a ten-thousandth keeps powers of two on their side of the step.
    step = graph.node("Add", [length, graph.constant("length_slack", np.float32(1e-4))], "length_step")
    whole = graph.node("Cast", [graph.node("Floor", [step], "length_floor")], "length_whole", to=TensorProto.INT64)
    length_row = _shifted(graph, whole, first + 2 * vocab, "length_row")
    share = graph.node("Mul", [graph.node("Div", ["count", "count"], "one_each"),
                               graph.constant("length_share", np.float32(cues.LENGTH_SHARE))], "length_weight")
    found = graph.embedding(graph.node("Concat", [*(ids for ids, _ in parts), length_row], "cues", axis=1), "linear", table)
    row = graph.node("Unsqueeze", [graph.node("Concat", [weights, share], "cues_weights", axis=1), "one"], "cues_row")
    return graph.node("Squeeze", [graph.node("MatMul", [row, found], "wide_row"), "one"], "wide")


def _slice(graph: GraphWriter, x: str, start: int, stop: int | None, name: str) -> str:
    """Columns from start to stop."""
    last = np.iinfo(np.int64).max if stop is None else stop
    begin, end = (graph.constant(f"at_{value}", np.array([value])) for value in (start, last))
    return graph.node("Slice", [x, begin, end, "one"], name)


def _shifted(graph: GraphWriter, ids: str, by: int, name: str) -> str:
    return graph.node("Add", [ids, graph.constant(f"{name}_start", np.int64(by))], name)


def _hashed(graph: GraphWriter, name: str, left: str, right: str, present: str, factors: tuple[int, int, int],
            vocab: int) -> tuple[str, str]:
    """Rows of hashed couples, as `cues.mix` counts them, and which of them are real."""
    one, two, three = (graph.constant(f"{name}_factor_{number}", np.int64(value)) for number, value in enumerate(factors))
    scaled = [graph.node("Mul", [left, one], f"{name}_left_scaled"), graph.node("Mul", [right, two], f"{name}_right_scaled")]
    mixed = graph.node("Add", [graph.node("Add", scaled, f"{name}_sum"), three], f"{name}_mixed")
    hashed = graph.node("Mod", [mixed, graph.constant("hash_rows", np.int64(cues.PAIR_ROWS))], f"{name}_hashed")
    return _shifted(graph, hashed, vocab, f"{name}_rows"), present


def _places(graph: GraphWriter, tokens: str, vocab: int) -> tuple[str, str]:
    every = graph.constant("places", np.arange(cues.PLACES, dtype=np.int64)[None])
    begin, length = graph.constant("at_0", np.array([0])), "length"
    there = graph.node("Slice", [every, begin, length, "one"], "places_there")
    return _hashed(graph, "place", _slice(graph, tokens, 0, cues.PLACES, "place_tokens"), there,
                   _slice(graph, "present", 0, cues.PLACES, "place_present"), cues.PLACE_HASH, vocab)


def _start(graph: GraphWriter, tokens: str, vocab: int) -> tuple[str, str]:
    start = _slice(graph, tokens, 0, cues.START, "start")
    return _hashed(graph, "start", _slice(graph, start, 0, -1, "start_left"), _slice(graph, start, 1, None, "start_right"),
                   _slice(graph, "present", 1, cues.START, "start_present"), cues.START_HASH, vocab)


def _end(graph: GraphWriter, tokens: str, offset: int) -> tuple[str, str]:
    """The last tokens of each prompt, wherever its padding begins."""
    count = graph.node("Cast", ["count"], "count_whole", to=TensorProto.INT64)
    back = graph.constant("back", np.arange(-cues.LAST, 0, dtype=np.int64)[None])
    place = graph.node("Add", [count, back], "end_places")
    nothing = graph.constant("nothing", np.int64(0))
    inside = graph.node("Cast", [graph.node("GreaterOrEqual", [place, nothing], "end_inside")], "end_present",
                        to=TensorProto.FLOAT)
    found = graph.node("GatherElements", [tokens, graph.node("Max", [place, nothing], "end_clipped")], "end_tokens", axis=1)
    return _shifted(graph, found, offset, "end_rows"), inside


def _scaled_head(weight: np.ndarray) -> np.ndarray:
    """The weights of the heads with the scales of the views folded in."""
    width = weight.shape[1] // 3
    return weight * np.repeat(np.float32([SENTENCE_SCALE, 1.0, STRONGEST_SCALE]), width)


def _layer(graph: GraphWriter, x: str, bias: str, state: dict[str, np.ndarray], number: int, heads: int) -> str:
    def part(name: str) -> tuple[np.ndarray, np.ndarray]:
        return state[f"layers.{number}.{name}.weight"], state[f"layers.{number}.{name}.bias"]

    def linear(value: str, name: str) -> str:
        weight, shift = part(name)
        return graph.linear(value, f"{name}_{number}", weight.T, shift)

    normed = graph.layer_norm(x, f"before_attention_{number}", *part("before_attention"))
    attended = _attention(graph, linear(normed, "qkv"), bias, number, heads, width=part("qkv")[1].size // 3)
    kept = linear(x, "carried") if f"layers.{number}.carried.weight" in state else x
    x = graph.node("Add", [kept, linear(attended, "attended")], f"after_attention_{number}")
    normed = graph.layer_norm(x, f"before_feed_{number}", *part("before_feed"))
    active = graph.node("Relu", [linear(normed, "feed_in")], f"active_{number}")
    return graph.node("Add", [x, linear(active, "feed_out")], f"after_feed_{number}")


def _attention(graph: GraphWriter, qkv: str, bias: str, number: int, heads: int, width: int) -> str:
    shape = graph.constant(f"by_head_{number}", np.array([0, 0, heads, width // heads]))
    names = [f"{part}_{number}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [qkv], names, name=f"split_{number}", axis=-1))
    split = [graph.node("Reshape", [name, shape], f"{name}_by_head") for name in names]
    query = graph.node("Transpose", [split[0]], f"{names[0]}_heads", perm=[0, 2, 1, 3])
    key = graph.node("Transpose", [split[1]], f"{names[1]}_heads", perm=[0, 2, 3, 1])
    value = graph.node("Transpose", [split[2]], f"{names[2]}_heads", perm=[0, 2, 1, 3])
    root = graph.constant(f"root_{number}", np.float32(1.0 / np.sqrt(width // heads)))
    raw = graph.node("MatMul", [graph.node("Mul", [query, root], f"scaled_{number}"), key], f"raw_scores_{number}")
    shares = graph.node("Softmax", [graph.node("Add", [raw, bias], f"scores_{number}")], f"shares_{number}", axis=-1)
    mixed = graph.node("MatMul", [shares, value], f"mixed_{number}")
    joined = graph.node("Transpose", [mixed], f"joined_{number}", perm=[0, 2, 1, 3])
    flat = graph.constant(f"joined_shape_{number}", np.array([0, 0, width]))
    return graph.node("Reshape", [joined, flat], f"attended_input_{number}")


def _model(graph: GraphWriter) -> onnx.ModelProto:
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["B", "S"]) for name in ("ids", "mask")]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["B", WIDTH])
    proto = helper.make_model(
        helper.make_graph(graph.nodes, "prompt_encoder", inputs, [logits], graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION, producer_name="promptplatform",
    )
    onnx.checker.check_model(proto)
    return proto

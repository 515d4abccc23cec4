"""Tests of the steps' arithmetic: /usr/bin/python3 -m unittest training.test_training (in services/Inference)."""

from __future__ import annotations

import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx

from . import batches, graph, metrics, tokenizer
from .augment import augment
from .classifier import Classifier
from .cues import Cues, PAIR_FACTOR, PAIR_ROWS
from .encoder import Encoder, Size
from .labels import HEADS, INTENT, WIDTH
from .steps import Steps


class LabelTests(unittest.TestCase):
    def test_heads_cover_the_columns_of_the_logits_without_gap(self) -> None:
        self.assertEqual([head.start for head in HEADS] + [WIDTH], [0, 16, 28, 31])

    def test_index_of_a_missing_label_is_minus_one(self) -> None:
        self.assertEqual((INTENT.index(None), INTENT.index("roleplay_chat")), (-1, 15))


class TokenTests(unittest.TestCase):
    def test_cut_keeps_the_first_160_and_the_last_96(self) -> None:
        self.assertEqual(tokenizer.cut(list(range(300))), [*range(160), *range(204, 300)])

    def test_cut_leaves_256_tokens_alone(self) -> None:
        self.assertEqual(tokenizer.cut(list(range(256))), list(range(256)))

    def test_normalise_folds_full_width_forms(self) -> None:
        self.assertEqual(tokenizer.normalise("ＡＢＣ　１"), "ABC 1")


class BatchTests(unittest.TestCase):
    def test_split_stays_within_the_budget_and_loses_nobody(self) -> None:
        lengths = [random.Random(3).randint(1, 90) for _ in range(200)]

        parts = batches.split(lengths, 256)

        self.assertEqual(sorted(np.concatenate(parts)), list(range(200)))
        self.assertTrue(all(len(part) * max(lengths[index] for index in part) <= 256 for part in parts))

    def test_a_row_longer_than_the_budget_runs_alone(self) -> None:
        self.assertEqual([len(part) for part in batches.split([5, 300], 64)], [1, 1])


class AugmentTests(unittest.TestCase):
    def test_same_dice_give_the_same_text_and_never_an_empty_one(self) -> None:
        for seed in range(300):
            first = augment("?", random.Random(seed)), augment("Why is it so?", random.Random(seed))
            self.assertEqual(first, (augment("?", random.Random(seed)), augment("Why is it so?", random.Random(seed))))
            self.assertTrue(all(first))


class MetricTests(unittest.TestCase):
    def test_calibration_error_of_a_sure_and_half_wrong_model_is_one_half(self) -> None:
        chances = np.array([[1.0, 0.0]] * 4)
        self.assertAlmostEqual(metrics.calibration_error(chances, np.array([0, 0, 1, 1])), 0.5)

    def test_macro_f1_counts_rare_labels_like_frequent_ones(self) -> None:
        chances = np.eye(2)[[0, 0, 0, 0]]
        self.assertAlmostEqual(metrics.macro_f1(chances, np.array([0, 0, 0, 1])), (6 / 7 + 0) / 2)

    def test_temperature_of_overconfident_logits_is_above_one(self) -> None:
        logits = np.zeros((4, WIDTH))
        logits[:, 0] = 5.0
        self.assertGreater(metrics.fit_temperature(logits, np.array([0, 0, 0, 1]), INTENT), 1.0)


class CueTests(unittest.TestCase):
    def test_logits_sum_tokens_and_pairs_over_the_root_of_the_length(self) -> None:
        table = np.random.default_rng(0).normal(size=(8 + PAIR_ROWS, WIDTH)).astype(np.float32)
        cues = Cues(np.array([0, 1, 2, 3, 4, 5, 2, 3]), table)

        found = cues.logits([[6, 5, 7]])[0]

        pairs = [8 + (2 * PAIR_FACTOR + 5) % PAIR_ROWS, 8 + (5 * PAIR_FACTOR + 3) % PAIR_ROWS]
        np.testing.assert_allclose(found, table[[2, 5, 3, *pairs]].sum(0) / np.sqrt(3), rtol=1e-5)


class GraphTests(unittest.TestCase):
    def test_quantised_rows_are_within_half_a_step(self) -> None:
        values = np.random.default_rng(0).normal(size=(50, 20)).astype(np.float32)

        levels, scale = graph.quantise(values, axis=1)

        self.assertTrue((np.abs(levels * scale - values) <= scale / 2 + 1e-7).all())

    def test_int8_graph_has_signed_weights_for_every_linear_layer(self) -> None:
        cues = Cues(np.arange(8), np.zeros((8 + PAIR_ROWS, WIDTH), dtype=np.float32))

        proto = graph.build(Classifier(_encoder(), cues), quantised=True)

        types = {constant.name: constant.data_type for constant in proto.graph.initializer}
        products = [node for node in proto.graph.node if node.op_type == "MatMulInteger"]
        self.assertEqual(len(products), 4)
        self.assertTrue(all(types[node.input[1]] == onnx.TensorProto.INT8 for node in products))


class StepTests(unittest.TestCase):
    def test_a_finished_step_is_kept_and_a_changed_input_makes_a_new_one(self) -> None:
        calls: list[int] = []
        with tempfile.TemporaryDirectory() as folder:
            steps = Steps(Path(folder))
            results = [steps.keep("x", value, lambda: calls.append(1) or len(calls)) for value in ("a", "a", "b")]
        self.assertEqual(results, [1, 1, 2])


def _encoder() -> Encoder:
    return Encoder(Size(layers=1, width=8, heads=2), vocab=8).eval()


if __name__ == "__main__":
    unittest.main()

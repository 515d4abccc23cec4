"""Tests of the steps' arithmetic: /usr/bin/python3 -m unittest training.test_training (in services/Inference)."""

from __future__ import annotations

import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch
from scipy.sparse import csr_matrix

from . import align, batches, cues, data, descend, graph, loss, metrics, quality, texts, tokenizer
from .augment import augment
from .classifier import Classifier
from .encoder import Encoder, Size
from .labels import HEADS, INTENT, WIDTH
from .sentence import Sentences
from .steps import Steps


class LabelTests(unittest.TestCase):
    def test_heads_cover_the_columns_of_the_logits_without_gap(self) -> None:
        self.assertEqual([head.start for head in HEADS] + [WIDTH], [0, 16, 28, 31, 33, 35])

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

    def test_interval_of_a_half_is_about_ten_points_wide_on_four_hundred_rows(self) -> None:
        low, high = metrics.interval(np.array([0, 1] * 200))
        self.assertAlmostEqual(low, 0.45, delta=0.01)
        self.assertAlmostEqual(high, 0.55, delta=0.01)

    def test_temperature_of_overconfident_logits_is_above_one(self) -> None:
        logits = np.zeros((4, WIDTH))
        logits[:, 0] = 5.0
        self.assertGreater(metrics.fit_temperature(logits, np.array([0, 0, 0, 1]), INTENT), 1.0)


class CueTests(unittest.TestCase):
    def test_a_prompt_is_its_tokens_pairs_start_end_and_length(self) -> None:
        fold = np.array([0, 1, 2, 3, 4, 5, 2, 3])
        table = np.random.default_rng(0).normal(size=(cues.rows(8), WIDTH)).astype(np.float32)

        found = cues.Cues(fold, table).logits([[6, 5, 7]])[0]

        tokens, vocab, first = [2, 5, 3], 8, 8 + cues.PAIR_ROWS
        pairs = [vocab + cues.mix(left, right, kind) for kind in (cues.PAIR_HASH, cues.START_HASH)
                 for left, right in ((2, 5), (5, 3))]
        places = [vocab + cues.mix(token, place, cues.PLACE_HASH) for place, token in enumerate(tokens)]
        ends = [first + token for token in tokens] + [first + vocab + token for token in tokens]
        length = cues.LENGTH_SHARE * table[first + 2 * vocab + int(cues.LENGTH_STEPS * np.log2(3))]
        wanted = table[[*tokens, *pairs, *places, *ends]].sum(0) / np.sqrt(3) + length
        np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5)

    def test_no_length_up_to_the_limit_falls_between_two_steps(self) -> None:
        steps = cues.LENGTH_STEPS * np.log2(np.arange(1, tokenizer.MAX_TOKENS + 1))
        whole = np.floor(steps)
        np.testing.assert_array_equal(np.floor(steps + 1e-3), whole)
        self.assertLess(whole.max(), cues.LENGTH_ROWS)


class DescentTests(unittest.TestCase):
    def test_separable_rows_are_learned_and_heads_without_a_label_stay_at_zero(self) -> None:
        features = csr_matrix(np.eye(4, dtype=np.float32)[[0, 1] * 50])
        rows = [data.Row("a", (0, -1, 2, -1, -1), "real/x", ""), data.Row("b", (1, -1, 2, -1, -1), "real/x", "")] * 50

        weights = descend.fit(features, loss.certain(rows), np.ones(100), rate=0.1, epochs=5)

        self.assertEqual([int(row[:16].argmax()) for row in weights[:2]], [0, 1])
        self.assertTrue((weights[:, 16:28] == 0).all() and (weights[2:] == 0).all())

    def test_a_teacher_speaks_alone_where_there_is_no_label(self) -> None:
        soft = np.full((1, WIDTH), 0.1, dtype=np.float32)

        wanted = loss.mixed_with_teacher([data.Row("a", (3, -1, -1, -1, -1), "real/x", "")], soft, share=0.5)

        self.assertAlmostEqual(float(wanted[0, 3]), 0.5 * 0.1 + 0.5 * (0.95 + 0.05 / 16), places=6)
        np.testing.assert_array_equal(wanted[0, 16:31], soft[0, 16:31])
        self.assertEqual(float(wanted[0, 31:].sum()), 0.0)


    def test_a_second_intent_gets_its_share(self) -> None:
        wanted = loss.certain([data.Row("a", (3, -1, -1, -1, -1), "pool/x", "", second=5)])

        np.testing.assert_allclose(wanted[0, [3, 5]], [0.7, 0.3], rtol=1e-6)
        self.assertAlmostEqual(float(wanted.sum()), 1.0, places=6)


class DataTests(unittest.TestCase):
    def test_an_authored_line_is_a_row_with_its_line_breaks(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "authored.tsv"
            path.write_text("language\tintent\tdomain\tcomplexity\ttext\nde\ttranslation\tgeneral\tsimple\tHallo⏎Welt\n")

            self.assertEqual(data.read_authored(path), [data.Row("Hallo\nWelt", (7, 11, 0, -1, -1), "authored/own", "de")])

    def test_labels_meet_their_texts_by_hash_and_unknown_ones_are_left_out(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "labels.tsv"
            known, unknown = texts.identity("Write a poem"), texts.identity("something else")
            path.write_text("id\tintent\tsecond\tdomain\tcomplexity\tsource\n" + "".join(
                f"{name}\tcreative_writing\t-\tcreative_arts\tsimple\toasst\n" for name in (known, unknown)))

            rows = data.read_labels(path, ["Write a poem", "not labelled"])

        self.assertEqual([(row.text, row.targets, row.family) for row in rows], [("Write a poem", (9, 8, 0, -1, -1), "pool")])

    def test_without_compares_the_letters_of_the_start(self) -> None:
        self.assertEqual(texts.without(["Hello, World!", "other"], ["hello world"]), ["other"])

    def test_a_text_that_is_also_evaluated_on_stops_the_report(self) -> None:
        row = data.Row("same", (0, -1, -1, -1, -1), "real/x", "en")
        with self.assertRaises(ValueError):
            quality.report([row], [], [], {"dev": [row]})


class AlignTests(unittest.TestCase):
    def test_a_translation_comes_to_mean_what_its_sentence_means(self) -> None:
        torch.manual_seed(0)
        english, size = _Words(["<0>"] * 6 + ["red", "blue", "green"]), Size(8, 16, 16, 2, 1)
        teacher = Sentences(Encoder(size, 9).eval(), [(piece, -1.0) for piece in english.pieces])
        both = _Words(["<0>"] * 6 + ["red", "blue", "green", "rot", "blau"])
        pairs = {"de": [("red", "rot"), ("blue", "blau")] * 200}
        plan = align.Plan(english=0, batch_tokens=8, learning_rate=1e-3, embedding_rate=1e-2)

        student = align.learn(teacher, both, english, pairs, [], plan, Encoder(size, 11))

        self.assertGreater(_alike(teacher.encoder, [6], student, [9]), 0.99)
        self.assertLess(_alike(teacher.encoder, [7], student, [9]), 0.9)


class GraphTests(unittest.TestCase):
    def test_quantised_rows_are_within_half_a_step(self) -> None:
        values = np.random.default_rng(0).normal(size=(50, 20)).astype(np.float32)

        levels, scale = graph.quantise(values, axis=1)

        self.assertTrue((np.abs(levels * scale - values) <= scale / 2 + 1e-7).all())

    def test_int8_graph_has_signed_weights_for_every_linear_layer(self) -> None:
        linear = cues.Cues(np.arange(8), np.zeros((cues.rows(8), WIDTH), dtype=np.float32))

        proto = graph.build(Classifier(_encoder(), linear), quantised=True)

        types = {constant.name: constant.data_type for constant in proto.graph.initializer}
        products = [node for node in proto.graph.node if node.op_type == "MatMulInteger"]
        self.assertEqual(len(products), 6)
        self.assertTrue(all(types[node.input[1]] == onnx.TensorProto.INT8 for node in products))


class StepTests(unittest.TestCase):
    def test_a_finished_step_is_kept_and_a_changed_input_makes_a_new_one(self) -> None:
        calls: list[int] = []
        with tempfile.TemporaryDirectory() as folder:
            steps = Steps(Path(folder))
            results = [steps.keep("x", value, lambda: calls.append(1) or len(calls)) for value in ("a", "a", "b")]
        self.assertEqual(results, [1, 1, 2])


class _Words:
    """A vocabulary of whole words."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces

    @property
    def size(self) -> int:
        return len(self.pieces)

    def piece(self, token: int) -> str:
        return self.pieces[token]

    def encode(self, text: str) -> list[int]:
        return [self.pieces.index(word) for word in text.split()]


def _alike(one: Encoder, first: list[int], other: Encoder, second: list[int]) -> float:
    with torch.no_grad():
        vectors = [model.meaning(model.read(torch.tensor([ids]), torch.ones(1, len(ids)))[:, 0])
                   for model, ids in ((one, first), (other, second))]
    return float((vectors[0] * vectors[1]).sum())


def _encoder() -> Encoder:
    return Encoder(Size(8, 16, 32, 2, 1), vocab=8).eval()


if __name__ == "__main__":
    unittest.main()

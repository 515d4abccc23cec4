"""Exports a trained classifier and writes everything that is committed: model, manifest, card, fixtures."""

from __future__ import annotations

import datetime

import numpy as np
import onnx

from . import card, confusion, fixtures, graph, metrics, readings, record
from .classifier import Classifier
from .data import Row, target_matrix
from .labels import HEADS
from .options import Options
from .runtime import Runtime
from .tokenizer import Tokenizer

Sets = dict[str, list[Row]]
_SHAPES = ("1x16", "1x64", "1x256", "8x64")


def publish(model: Classifier, words: Tokenizer, sets: Sets, held: list[Row],
            others: dict[str, dict[str, np.ndarray]], options: Options, data: dict[str, str],
            parameters: dict[str, object], quality: list[str]) -> None:
    """`others` holds, by title, the logits of models to compare with, for every set and for "held"."""
    # 1 export  2 run  3 calibrate  4 measure  5 write
    # 1
    out, runtime = options.out, Runtime(options.runtime)
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.bin").write_bytes(words.to_bytes())
    small, whole = out / "model.onnx", out / "model.fp32.onnx"
    onnx.save(graph.build(model, quantised=True), str(small))
    onnx.save(graph.build(model, quantised=False), str(whole))
    # 2
    sequences = {
        name: [words.encode_for_model(row.text) for row in rows] for name, rows in {**sets, "held": held}.items()
    }
    answers = {name: runtime.logits(small, part) for name, part in sequences.items()}
    exact = {name: runtime.logits(whole, part) for name, part in sequences.items()}
    whole.unlink()
    # 3
    temperatures = _temperatures(held, answers["held"])
    # 4
    compared = {title: _measure(sets, logits, _temperatures(held, logits["held"])) for title, logits in others.items()}
    halves = {name: model.halves(part) for name, part in sequences.items()}
    for number, title in enumerate(("encoder alone", "linear half alone (fastText-like)")):
        logits = {name: pair[number] for name, pair in halves.items()}
        compared[title] = _measure(sets, logits, _temperatures(held, logits["held"]))
    compared["both halves, fp32"] = _measure(sets, exact, temperatures)
    compared["both halves, int8 (shipped)"] = measured = _measure(sets, answers, temperatures)
    groups = {
        f"{grouping}, {name}": metrics.intent_accuracy_by(
            [getattr(row, grouping) for row in sets[name]], sets[name], answers[name])
        for grouping, name in (("language", "multilingualDev"), ("source", "oodDev"), ("family", "dev"))
    }
    certainty = {
        key: value for name, rows in sets.items() for key, value in metrics.intervals(name, rows, answers[name]).items()}
    timings = runtime.cpu_milliseconds(small, _SHAPES)
    # 5
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    name = card.write_manifest(out, temperatures, measured, now, data, parameters)
    card.write_card(out, name, measured, certainty, compared, groups, timings, parameters)
    confusion.write(out / "confusion.svg", metrics.confusion(sets["oodDev"], answers["oodDev"]))
    (out / "QUALITY.md").write_text("\n".join(quality) + "\n", encoding="utf-8")
    record.write(out / "run.json", name, now, data, parameters, {"measured": measured, "compared": compared})
    fixtures.write(options.fixtures, words, runtime, small)
    if options.readings:
        readings.write(options.readings, sets, answers, temperatures)
    print(f"version {name}")


def _temperatures(rows: list[Row], logits: np.ndarray) -> dict[str, float]:
    targets = target_matrix(rows)
    return {
        head.name: metrics.fit_temperature(logits, targets[:, column], head) for column, head in enumerate(HEADS)
    }


def _measure(sets: Sets, logits: dict[str, np.ndarray], temperatures: dict[str, float]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, rows in sets.items():
        figures.update(metrics.evaluate(name, rows, logits[name], temperatures))
    return figures

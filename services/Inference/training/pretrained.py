"""The encoder before it has seen a label: word vectors, then masked-language pre-training.

This is the long part of a run. Its result can be kept in a folder (`tokenizer`, `encoder.pt`) and given
to later runs with `--pretrained`; it is named by its content in the record of the run.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from . import pretrain, student, tokenizer, vectors
from .encoder import Encoder
from .options import Options
from .steps import Steps
from .tokenizer import Tokenizer


def vocabulary(options: Options, steps: Steps, data: object, code: dict[str, str], every: list[str],
               text: list[str]) -> Path:
    """The trained vocabulary: of the folder of an earlier run, or learned now."""
    if options.pretrained:
        return options.pretrained / "tokenizer"
    path = steps.path("tokenizer", [data, options.vocab, code["tokenizer.py"], code["data.py"], code["texts.py"]])
    if not path.exists():
        part = random.Random(0).sample(text, int(len(text) * options.vocab_text))
        tokenizer.train([*every, *part], path, options.vocab)
    return path


def encoder(options: Options, steps: Steps, code: dict[str, str], words: Tokenizer, every: list[str], text: list[str],
            settings: student.Settings, name: str) -> tuple[Encoder, dict[str, object]]:
    """The pre-trained encoder and what the record says of it."""
    if options.pretrained:
        file = options.pretrained / "encoder.pt"
        model = student.create(words, settings, None)
        model.load_state_dict(torch.load(file))
        return model, {"from": "an earlier run", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}

    def pieces() -> list[list[int]]:
        return pretrain.chunks([*every, *text], words, random.Random(0))

    def near() -> np.ndarray:
        return vectors.learn(pieces(), words.size, settings.size.width)

    inputs: list[object] = [name, settings.size.width, code["vectors.py"]]
    model = student.create(words, settings, steps.keep("vectors", inputs, near))
    plan = replace(pretrain.Plan(), tokens=options.pretrain_tokens)
    if not plan.tokens:
        return model, {"tokens": 0}
    inputs += [asdict(settings.size), asdict(plan), code["pretrain.py"], code["encoder.py"]]
    unfinished = steps.path("pretrain-unfinished", inputs)
    model.load_state_dict(steps.keep("pretrain", inputs, lambda: pretrain.train(
        model, pieces(), plan, unfinished).state_dict()))
    return model, asdict(plan)

"""The encoder before it has seen a label: the sentence encoder, with pieces for seven more languages.

Its result can be kept in a folder (`tokenizer`, `encoder.pt`) and given to later runs with `--pretrained`; it
is named by its content in the record of the run.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import torch

from . import align, sentence, student, texts, vocabulary
from .encoder import Encoder
from .options import Options
from .steps import Steps
from .tokenizer import Tokenizer


def pieces(options: Options, steps: Steps, data: object, code: dict[str, str]) -> Path:
    """The vocabulary: of the folder of an earlier run, or learned now."""
    if options.pretrained:
        return options.pretrained / "tokenizer"
    path = steps.path("tokenizer", [data, options.vocab, code["tokenizer.py"], code["vocabulary.py"], code["texts.py"]])
    if not path.exists():
        english = sentence.read(options.sentence).pieces
        vocabulary.learn(texts.read_languages(options.pool), texts.read_folder(options.text),
                         texts.read_pairs(options.pairs), english, path, options.vocab)
    return path


def encoder(options: Options, steps: Steps, code: dict[str, str], words: Tokenizer, data: object,
            settings: student.Settings, name: str) -> tuple[Encoder, dict[str, object]]:
    """The pre-trained encoder and what the record says of it."""
    model = student.create(words.size, settings)
    if options.pretrained:
        file = options.pretrained / "encoder.pt"
        model.load_state_dict(torch.load(file), strict=False)
        return model, {"from": "an earlier run", "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    plan = align.Plan()
    inputs = [name, data, asdict(settings.size), asdict(plan), code["align.py"], code["encoder.py"], code["sentence.py"]]
    model.load_state_dict(steps.keep("aligned", inputs, lambda: _aligned(options, words, plan, model).state_dict()))
    return model, asdict(plan)


def _aligned(options: Options, words: Tokenizer, plan: align.Plan, model: Encoder) -> Encoder:
    teacher = sentence.read(options.sentence)
    old = options.work / "sentence-pieces"
    vocabulary.write(teacher.pieces, old)
    english = [*texts.read_languages(options.pool)["en"], *texts.read_folder(options.text)["en"]]
    return align.learn(teacher, words, Tokenizer(old), texts.read_pairs(options.pairs), english, plan, model)

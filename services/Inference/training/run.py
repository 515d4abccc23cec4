"""All steps in order; a step whose inputs did not change keeps its artefact in the work folder.

/usr/bin/python3 -m training.run --data DATA --runtime NODE_FOLDER
"""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from . import cues, phrases, student, teacher, tokenizer, vectors
from .classifier import Classifier
from .data import EVALUATION_FILES, file_hashes, read_rows, read_training
from .encoder import Size
from .publish import publish
from .runtime import Runtime
from .steps import Steps, code_hashes


def main() -> None:
    # 1 data  2 tokenizer  3 teacher  4 linear half  5 transformer half  6 publish
    options = _options()
    torch.set_num_threads(options.threads)
    settings = replace(student.Settings(), size=Size(options.layers, options.width, options.heads))
    settings = replace(settings, legs=settings.legs[: options.legs])
    steps, code = Steps(options.work), code_hashes()
    # 1
    learn, held = read_training(options.data)
    sets = {name: read_rows(options.data / file) for name, file in EVALUATION_FILES.items()}
    data = file_hashes(options.data)
    # 2
    vocabulary = steps.path("tokenizer", [data, options.vocab, code["tokenizer.py"], code["data.py"]])
    if not vocabulary.exists():
        tokenizer.train(learn, vocabulary, options.vocab)
    words = tokenizer.Tokenizer(vocabulary)
    # 3
    texts = {name: [row.text for row in rows] for name, rows in {**sets, "held": held}.items()}

    def teach() -> tuple[list[np.ndarray], dict[str, np.ndarray]]:
        linear, soft = teacher.fit(learn)
        return soft, {name: linear.logits(part) for name, part in texts.items()}

    read = [data, code["data.py"], code["tokenizer.py"]]
    soft, linear_logits = steps.keep("teacher", [*read, code["teacher.py"]], teach)
    # 4
    short = phrases.rows()
    both = [np.concatenate(pair) for pair in zip(soft, phrases.certain(short))]
    cue = steps.keep("cues", [vocabulary.name, code], lambda: cues.fit([*learn, *short], both, words))
    # 5
    near = steps.keep(
        "vectors", [vocabulary.name, settings.size.width, code["vectors.py"]],
        lambda: vectors.learn([words.encode(row.text) for row in learn], words.size, settings.size.width))
    encoder = student.create(words, settings, near)
    for number, leg in enumerate(settings.legs):
        before = [vocabulary.name, asdict(replace(settings, legs=settings.legs[: number + 1])), code]
        state = steps.keep("student", before, lambda: student.train(
            encoder, learn, soft, words, settings, leg).state_dict())
        encoder.load_state_dict(state)
    # 6
    model = Classifier(encoder.eval(), cue)
    halves = {
        name: model.halves([words.encode_for_model(text) for text in part]) for name, part in texts.items()
    }
    others = {
        "linear teacher (TF-IDF)": linear_logits,
        "linear half alone": {name: wide for name, (_, wide) in halves.items()},
        "transformer half alone": {name: deep for name, (deep, _) in halves.items()},
    }
    parameters: dict[str, object] = {
        **asdict(settings), "vocab": words.size, "rows": len(learn), "phrases": len(short),
        "heldBack": len(held), "code": code,
    }
    publish(model, words, sets, held, others, Runtime(options.runtime), options.out, options.fixtures, data, parameters)


def _options() -> argparse.Namespace:
    here = Path(__file__).parent
    root = here.parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = os.environ.get("PROMPTPLATFORM_TRAINING_DATA")
    parser.add_argument("--data", type=Path, default=data, required=data is None,
                        help="folder of the .jsonl files (default: $PROMPTPLATFORM_TRAINING_DATA)")
    parser.add_argument("--out", type=Path, default=here.parent / "Model", help="where the shipped files go")
    parser.add_argument("--fixtures", type=Path, default=root / "tests/Inference.Tests/Fixtures")
    parser.add_argument("--work", type=Path, default=here / "work", help="kept artefacts of the steps")
    parser.add_argument("--runtime", type=Path, default=root / "build/native",
                        help="folder whose node_modules holds onnxruntime-node")
    parser.add_argument("--legs", type=int, default=len(student.Settings.legs), help="legs of training to run")
    parser.add_argument("--layers", type=int, default=student.Settings.size.layers)
    parser.add_argument("--width", type=int, default=student.Settings.size.width)
    parser.add_argument("--heads", type=int, default=student.Settings.size.heads)
    parser.add_argument("--vocab", type=int, default=16_000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()

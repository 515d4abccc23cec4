"""The command line of a run."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from . import student

_STEPS = ("quality", "tokenizer", "teacher", "pretrain", "cues", "student", "publish")


@dataclass(frozen=True)
class Options:
    """Where things are and how large the model is; see `--help`."""

    step: str
    data: Path
    labels: Path
    pool: Path | None
    text: Path | None
    pretrained: Path | None
    out: Path
    fixtures: Path
    work: Path
    runtime: Path
    readings: Path | None
    legs: int
    layers: int
    width: int
    heads: int
    vocab: int
    vocab_text: float
    pretrain_tokens: int
    threads: int

    def last(self, step: str) -> bool:
        """True after the step that the run was asked to end with."""
        return self.step == step


def parse(about: str) -> Options:
    here = Path(__file__).parent
    root = here.parents[2]
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = os.environ.get("PROMPTPLATFORM_TRAINING_DATA")
    parser.add_argument("step", nargs="?", choices=_STEPS, default=_STEPS[-1])
    parser.add_argument("--data", type=Path, default=data, required=data is None,
                        help="folder of the .jsonl files (default: $PROMPTPLATFORM_TRAINING_DATA)")
    parser.add_argument("--labels", type=Path, default=here / "labels.tsv", help="labels of the pool's prompts")
    parser.add_argument("--pool", type=Path, help="JSON-lines file of prompts, labelled or not (see SOURCES.md)")
    parser.add_argument("--text", type=Path, help="folder of .txt files for pre-training")
    parser.add_argument("--pretrained", type=Path, help="folder of `tokenizer` and `encoder.pt` of an earlier run")
    parser.add_argument("--out", type=Path, default=here.parent / "Model", help="where the shipped files go")
    parser.add_argument("--fixtures", type=Path, default=root / "tests/Inference.Tests/Fixtures")
    parser.add_argument("--work", type=Path, default=here / "work", help="kept artefacts of the steps")
    parser.add_argument("--runtime", type=Path, default=root / "build/native",
                        help="folder whose node_modules holds onnxruntime-node")
    parser.add_argument("--readings", type=Path, help="file for what the model reads in the evaluation prompts (holds texts)")
    parser.add_argument("--legs", type=int, default=len(student.Settings.legs), help="legs of training to run")
    parser.add_argument("--layers", type=int, default=student.Settings.size.layers)
    parser.add_argument("--width", type=int, default=student.Settings.size.width)
    parser.add_argument("--heads", type=int, default=student.Settings.size.heads)
    parser.add_argument("--vocab", type=int, default=24_000)
    parser.add_argument("--vocab-text", type=float, default=0.3, help="share of the text that shapes the vocabulary")
    parser.add_argument("--pretrain-tokens", type=int, default=5_200_000)
    parser.add_argument("--threads", type=int, default=2)
    return Options(**vars(parser.parse_args()))

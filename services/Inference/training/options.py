"""The command line of a run."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from .data import Sources

_STEPS = ("quality", "tokenizer", "teacher", "align", "cues", "student", "publish")


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
    authored: Path
    safety: Path
    sentence: Path | None
    pairs: Path | None
    vocab: int
    threads: int

    @property
    def sources(self) -> Sources:
        return Sources(self.data, self.safety, self.labels, self.authored)

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
    parser.add_argument("--text", type=Path, help="folder of .LANGUAGE.txt files")
    parser.add_argument("--pretrained", type=Path, help="folder of `tokenizer` and `encoder.pt` of an earlier run")
    parser.add_argument("--out", type=Path, default=here.parent / "Model", help="where the shipped files go")
    parser.add_argument("--fixtures", type=Path, default=root / "tests/Inference.Tests/Fixtures")
    parser.add_argument("--work", type=Path, default=here / "work", help="kept artefacts of the steps")
    parser.add_argument("--runtime", type=Path, default=root / "build/native",
                        help="folder whose node_modules holds onnxruntime-node")
    parser.add_argument("--readings", type=Path, help="file for what the model reads in the evaluation prompts (holds texts)")
    parser.add_argument("--authored", type=Path, default=here / "authored.tsv", help="prompts written for this project")
    parser.add_argument("--safety", type=Path, help="folder of the safety rows (default: `safety` beside DATA)")
    parser.add_argument("--sentence", type=Path, help="weights that the encoder starts from (see sentence.py)")
    parser.add_argument("--pairs", type=Path, help="English sentences with their translations (see pairs.py)")
    parser.add_argument("--vocab", type=int, default=15_500, help="pieces of the languages other than English")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    given.safety = given.safety or given.data.parent / "safety"
    return Options(**vars(given))

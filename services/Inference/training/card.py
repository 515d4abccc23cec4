"""model.json, which the service reads, and MODEL_CARD.md, which people read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from .labels import HEADS
from .tokenizer import HEAD_TOKENS, MAX_TOKENS, PAD_ID, TAIL_TOKENS


def version(model: bytes, tokenizer: bytes) -> str:
    """Names the pair of files: a tokenizer of another training never passes for this model's."""
    return hashlib.sha256(model + tokenizer).hexdigest()[:16]


def write_manifest(folder: Path, temperatures: dict[str, float], metrics: dict[str, float], trained_at: str,
                   data: dict[str, str], parameters: dict[str, object]) -> str:
    """Writes model.json beside model.onnx and tokenizer.bin and returns the version."""
    name = version((folder / "model.onnx").read_bytes(), (folder / "tokenizer.bin").read_bytes())
    manifest = {
        "version": name,
        "heads": [
            {"name": head.name, "labels": list(head.labels), "temperature": temperatures[head.name]} for head in HEADS
        ],
        "maxTokens": MAX_TOKENS, "headTokens": HEAD_TOKENS, "tailTokens": TAIL_TOKENS, "padId": PAD_ID,
        "metrics": metrics, "trainedAt": trained_at, "data": data, "parameters": parameters,
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return name


def write_card(folder: Path, name: str, metrics: dict[str, float], compared: dict[str, dict[str, float]],
               groups: dict[str, dict[str, tuple[int, float]]], timings: dict[str, float],
               parameters: dict[str, object]) -> None:
    """The model card; `compared` maps a model to its figures, `groups` a grouping to rows and accuracy."""
    text = _CARD.format(
        name=name, figures=_figures(metrics), comparison=_comparison(compared), groups=_groups(groups),
        timings="\n".join(f"| {shape} | {value:.2f} |" for shape, value in timings.items()),
        parameters=json.dumps(parameters, indent=2), megabytes=(folder / "model.onnx").stat().st_size / 1e6,
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def _figures(metrics: dict[str, float]) -> str:
    sets = [key.split(".")[0] for key in metrics if key.endswith(".rows")]
    return "\n".join(
        f"| {name} ({metrics[f'{name}.rows']}) | {head.name} | " + " | ".join(
            f"{metrics[f'{name}.{head.name}.{measure}']:.3f}"
            for measure in ("accuracy", "topTwo", "macroF1", "calibrationError")) + " |"
        for name in sets for head in HEADS
    )


def _comparison(compared: dict[str, dict[str, float]]) -> str:
    return "\n".join(
        f"| {name} | " + " | ".join(
            f"{figures[f'{data}.{head}.accuracy']:.3f}"
            for data in ("dev", "oodDev", "multilingualDev") for head in ("intent", "domain")) + " |"
        for name, figures in compared.items()
    )


def _groups(groups: dict[str, dict[str, tuple[int, float]]]) -> str:
    return "\n".join(
        f"| {grouping} | {group} | {rows} | {share:.3f} |"
        for grouping, members in groups.items() for group, (rows, share) in members.items()
    )


_CARD = """# Prompt classifier, version {name}

Reads a prompt and gives the probabilities of its intent (16 labels), domain (12) and complexity (3).
An int8 ONNX graph of {megabytes:.1f} MB: a small pre-LN transformer plus a linear model over tokens and pairs.
This file is written by the training run (`services/Inference/training`).

## What it is for

It chooses prompt-engineering techniques. A wrong reading costs a less fitting technique, so the
service passes the probabilities on and the technique policy holds back where they are low.
It is not meant to judge people, content safety or whether a prompt may be answered.

## Figures

All figures are of the shipped int8 file in ONNX Runtime with calibrated temperatures.

- `dev`: rows of the same sources as training. Flatters the model.
- `oodDev`: real prompts in another mix than training. **The honest figure.**
- `multilingualDev`: prompts written for this project in eight languages; small, so a language's
  figure has an interval of roughly 10 to 17 points either way.

| set (rows) | head | accuracy | top 2 | macro-F1 | calibration error |
|---|---|---|---|---|---|
{figures}

Accuracy against the other models of the same run:

| model | dev intent | dev domain | oodDev intent | oodDev domain | multilingualDev intent | multilingualDev domain |
|---|---|---|---|---|---|---|
{comparison}

Intent accuracy by group:

| grouping | group | rows | accuracy |
|---|---|---|---|
{groups}

CPU time of one run, one thread, this machine (two virtual CPUs with AVX-512 VNNI, shared):

| rows x tokens | CPU ms |
|---|---|
{timings}

## Data and labels

- Public data sets: Dolly 15k (CC BY-SA 3.0, Databricks) and its Finnish machine translation, P3/T0
  prompts, MMLU, GSM8K, BIG-Bench Hard (MIT and alike), self-instruct seeds, awesome-chatgpt-prompts.
- Real prompts: Chatbot Arena user prompts (CC BY 4.0), WildChat (ODC-BY), OASST (Apache-2.0).
- Prompts and templates written for this project, among them phrases of request in seven languages
  (`services/Inference/training/phrases.json`).

Labels of public data sets follow from their construction and documented rules. **Labels of the real
prompts were given by a language model that read each one, one pass, without a second annotator;**
two independent readers agree on about 0.91 of such prompts. No text of the data is in this repository.
Temperatures are fitted on rows held back from `train_real` and `train_authored`.

## Known weaknesses

- Real prompts from elsewhere are read far less well than rows like the training data (see above).
- Languages other than English rest on about 800 authored rows; a language that is not among the
  eight is close to guessing.
- `complex` is rare in training, so the complexity head mostly tells simple from moderate.
- Texts in training end at 800 characters; longer prompts are read by their first 160 and last 96 tokens.
- Labels that share an outer form are mixed up: explanation with factual_qa, planning_advice with
  brainstorming, professional_writing with rewriting.
- Domains of prompts in other languages than English are mostly misread (about one in four is right).
- int8 activations are scaled per run, so a prompt's logits move in the second decimal with its batch.

## Parameters

```json
{parameters}
```
"""

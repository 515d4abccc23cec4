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


def write_card(folder: Path, name: str, metrics: dict[str, float],
               certainty: dict[str, tuple[float, float]], compared: dict[str, dict[str, float]],
               groups: dict[str, dict[str, tuple[int, float]]], timings: dict[str, float],
               parameters: dict[str, object]) -> None:
    """The model card; `compared` maps a model to its figures, `groups` a grouping to rows and accuracy."""
    text = _CARD.format(
        name=name, figures=_figures(metrics, certainty), comparison=_comparison(compared), groups=_groups(groups),
        timings="\n".join(f"| {shape} | {value:.2f} |" for shape, value in timings.items()),
        parameters=json.dumps(parameters, indent=2), megabytes=(folder / "model.onnx").stat().st_size / 1e6,
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def _figures(metrics: dict[str, float], certainty: dict[str, tuple[float, float]]) -> str:
    sets = [key.split(".")[0] for key in metrics if key.endswith(".rows")]
    lines = []
    for name in sets:
        for head in HEADS:
            if f"{name}.{head.name}.accuracy" not in metrics:
                continue
            cells = []
            for measure in ("accuracy", "topTwo", "macroF1", "calibrationError"):
                key = f"{name}.{head.name}.{measure}"
                low, high = certainty.get(key, (0.0, 0.0))
                cells.append(f"{metrics[key]:.3f}" + (f" ({low:.3f} to {high:.3f})" if key in certainty else ""))
            lines.append(f"| {name} ({metrics[f'{name}.rows']}) | {head.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _comparison(compared: dict[str, dict[str, float]]) -> str:
    columns = [f"{data}.intent.{measure}" for data in ("dev", "oodDev", "multilingualDev") for measure in ("accuracy", "topTwo")]
    columns += ["oodDev.domain.accuracy", "oodDev.complexity.macroF1", "injectionDev.injection.macroF1", "harmDev.harm.macroF1"]
    return "\n".join(
        f"| {name} | " + " | ".join(f"{figures[column]:.3f}" for column in columns) + " |"
        for name, figures in compared.items()
    )


def _groups(groups: dict[str, dict[str, tuple[int, float]]]) -> str:
    return "\n".join(
        f"| {grouping} | {group} | {rows} | {share:.3f} |"
        for grouping, members in groups.items() for group, (rows, share) in members.items()
    )


_CARD = Path(__file__).with_name("card.md").read_text(encoding="utf-8")

"""run.json: from what, by which code, with which settings and where a model was made, and how well it does."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("torch", "onnx", "sentencepiece", "scikit-learn", "scipy", "numpy")


def write(path: Path, name: str, made_at: str, data: dict[str, str], parameters: dict[str, object],
          metrics: dict[str, object]) -> None:
    """Everything that is needed to tell two runs apart."""
    content = {"version": name, "madeAt": made_at, "commit": _commit(path.parent), "data": data,
               "parameters": parameters, "environment": _environment(), "metrics": metrics}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _commit(folder: Path) -> str:
    """The last commit, and whether files had changed since."""
    asked = ("describe", "--always", "--dirty", "--abbrev=40")
    answer = subprocess.run(["git", "-C", str(folder), *asked], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "unknown"


def _environment() -> dict[str, object]:
    return {"python": platform.python_version(), "machine": platform.machine(), "processors": os.cpu_count(),
            "packages": {package: version(package) for package in _PACKAGES}}

"""Runs the exported graph in the runtime that the service uses (ONNX Runtime, through node)."""

from __future__ import annotations

import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .batches import padded
from .labels import WIDTH

_SCRIPT = Path(__file__).with_name("runtime.mjs")


@dataclass(frozen=True)
class Runtime:
    """`modules` is a folder whose node_modules holds onnxruntime-node."""

    modules: Path

    def logits(self, model: Path, sequences: list[list[int]], budget: int = 0) -> np.ndarray:
        """Logits in the order of the sequences; a budget of 0 runs each alone, without padding."""
        batches = list(padded(sequences, budget))
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "in"), Path(folder, "out")
            with source.open("wb") as out:
                out.write(struct.pack("<i", len(batches)))
                for _, ids, mask in batches:
                    out.write(struct.pack("<ii", *ids.shape) + ids.tobytes() + mask.tobytes())
            self._node(model, str(source), str(target))
            flat = np.frombuffer(target.read_bytes(), dtype=np.float32).reshape(-1, WIDTH)
        out_of_order = np.concatenate([places for places, _, _ in batches])
        result = np.empty_like(flat)
        result[out_of_order] = flat
        return result

    def cpu_milliseconds(self, model: Path, shapes: tuple[str, ...]) -> dict[str, float]:
        """Median CPU time of one run per shape such as `1x64`, one thread, no spinning."""
        lines = self._node(model, "--time", *shapes).splitlines()
        return {shape: float(value) for shape, value in (line.split() for line in lines)}

    def _node(self, model: Path, *arguments: str) -> str:
        command = ["node", str(_SCRIPT), str(self.modules), str(model), *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

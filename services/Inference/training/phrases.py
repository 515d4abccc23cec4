"""Short requests in the seven other languages, put together from phrases written for this purpose.

The public data is almost all English; without these the linear half knows hardly a verb of request in
another language. Only the linear half learns from them: they carry cues, not the shape of real prompts.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from .data import Row, targets_of
from .labels import COMPLEXITY, INTENT
from .loss import certain

_FILE = Path(__file__).with_name("phrases.json")
_TOPICS_PER_PHRASE = 4

# How complex a request is does not show in its phrase, so these rows leave it about as it is elsewhere.
_COMPLEXITY = np.array([0.62, 0.35, 0.03], dtype=np.float32)


def rows() -> list[Row]:
    """Every phrase with four topics; the intent comes from the phrase, the domain from the topic."""
    dice = random.Random(0)
    made: dict[str, Row] = {}
    for language, parts in json.loads(_FILE.read_text(encoding="utf-8")).items():
        topics = [(topic, domain) for domain, members in parts["topics"].items() for topic in members]
        for intent in INTENT.labels:
            for phrase in parts[intent]:
                for topic, domain in dice.sample(topics, _TOPICS_PER_PHRASE):
                    text = phrase.replace("{}", topic)
                    subject = domain if "{}" in phrase else "general"
                    targets = targets_of(intent, subject, None)
                    made.setdefault(text, Row(text, targets, "phrases/authored", language))
    return list(made.values())


def known(made: list[Row]) -> np.ndarray:
    """The labels as probabilities, [rows, 35], in the place of a teacher's."""
    wanted = certain(made)
    wanted[:, COMPLEXITY.start : COMPLEXITY.stop] = _COMPLEXITY
    return wanted

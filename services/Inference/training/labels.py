"""The heads of the model and their labels, in the order of the columns of `logits`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """One classification head: its name in the data and its labels in column order."""

    name: str
    labels: tuple[str, ...]
    start: int

    @property
    def stop(self) -> int:
        return self.start + len(self.labels)

    def index(self, label: str | None) -> int:
        """Column within the head, or -1 where the row carries no label."""
        return -1 if label is None else self.labels.index(label)


INTENT = Head(
    "intent",
    (
        "code_generation", "code_debugging", "math_reasoning", "reasoning_analysis",
        "factual_qa", "explanation", "summarization", "translation",
        "rewriting", "creative_writing", "professional_writing", "brainstorming",
        "classification", "information_extraction", "planning_advice", "roleplay_chat",
    ),
    start=0,
)
DOMAIN = Head(
    "domain",
    (
        "software", "data_ml", "business", "marketing", "legal", "medical_health",
        "education", "science_math", "creative_arts", "personal_lifestyle", "finance", "general",
    ),
    start=INTENT.stop,
)
COMPLEXITY = Head("complexity", ("simple", "moderate", "complex"), start=DOMAIN.stop)

INJECTION = Head("injection", ("benign", "injection"), start=COMPLEXITY.stop)
HARM = Head("harm", ("benign", "harmful"), start=INJECTION.stop)

HEADS = (INTENT, DOMAIN, COMPLEXITY, INJECTION, HARM)
WIDTH = HARM.stop

# Heads whose labels come from sets of their own: nobody's guess fills them in where a row has none.
SAFETY = (INJECTION, HARM)

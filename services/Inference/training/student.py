"""Trains the encoder on labels and on the linear teacher's probabilities."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .augment import augment
from .batches import padded
from .data import Row, target_matrix
from .encoder import Encoder, Size
from .labels import COMPLEXITY, DOMAIN, HEADS, INTENT
from .tokenizer import Tokenizer, cut

HEAD_WEIGHT = {INTENT: 1.0, DOMAIN: 0.5, COMPLEXITY: 0.3}

# Most of a training epoch would go into the few long rows; mostly their outer parts are enough.
_SHORT_HEAD, _SHORT_TAIL = 64, 32


@dataclass(frozen=True)
class Settings:
    """Everything that decides the outcome besides the data."""

    size: Size = Size(layers=4, width=256, heads=4)
    epochs: int = 8
    batch_tokens: int = 2048
    learning_rate: float = 1e-3
    linear_rate: float = 0.05
    weight_decay: float = 0.05
    warm_up: float = 0.06
    dropout: float = 0.1
    token_drop: float = 0.1
    short_share: float = 0.75
    smoothing: float = 0.05
    teacher_share: float = 0.5
    seed: int = 1


def train(rows: list[Row], soft: list[np.ndarray], tokenizer: Tokenizer, settings: Settings,
          embedding: np.ndarray) -> Encoder:
    """The encoder after all epochs; `soft` holds the teacher's probabilities per head, `embedding` the start."""
    torch.manual_seed(settings.seed)
    dice = random.Random(settings.seed)
    model = Encoder(settings.size, tokenizer.size, settings.dropout)
    model.embedding.weight.data.copy_(torch.from_numpy(embedding))
    targets = torch.from_numpy(target_matrix(rows))
    teacher = [torch.from_numpy(part) for part in soft]
    optimizers = _Optimizers(model, settings)
    started = time.monotonic()
    for epoch in range(settings.epochs):
        chosen = _sample(rows, dice)
        sequences = [_tokens(rows[index].text, tokenizer, settings, dice) for index in chosen]
        batches = list(padded(sequences, settings.batch_tokens))
        dice.shuffle(batches)
        total = 0.0
        model.train()
        for step, (places, ids, mask) in enumerate(batches):
            done = (epoch + step / len(batches)) / settings.epochs
            where = torch.tensor([chosen[place] for place in places])
            logits = model(torch.from_numpy(ids), torch.from_numpy(mask))
            loss = _loss(logits, targets[where], [part[where] for part in teacher], settings)
            optimizers.step(loss, _schedule(done, settings.warm_up))
            total += loss.item()
        print(f"epoch {epoch + 1}/{settings.epochs}: {len(batches)} batches, loss {total / len(batches):.4f}, "
              f"{time.monotonic() - started:.0f} s", flush=True)
    return model.eval()


def logits(model: Encoder, sequences: list[list[int]], budget: int = 8192) -> np.ndarray:
    """Raw logits of the fp32 model in the order of the sequences."""
    out = np.zeros((len(sequences), model.head.out_features), dtype=np.float32)
    with torch.no_grad():
        for places, ids, mask in padded(sequences, budget):
            out[places] = model(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
    return out


def _sample(rows: list[Row], dice: random.Random) -> list[int]:
    """Each row about `weight` times."""
    return [
        index
        for index, row in enumerate(rows)
        for _ in range(int(row.weight) + (dice.random() < row.weight % 1))
    ]


def _tokens(text: str, tokenizer: Tokenizer, settings: Settings, dice: random.Random) -> list[int]:
    ids = tokenizer.encode(augment(text, dice))
    kept = [piece for piece in ids if dice.random() >= settings.token_drop]
    if len(kept) > _SHORT_HEAD + _SHORT_TAIL and dice.random() < settings.short_share:
        kept = kept[:_SHORT_HEAD] + kept[-_SHORT_TAIL:]
    return cut(kept) or tokenizer.encode_for_model(text)


def _schedule(done: float, warm_up: float) -> float:
    """Linear rise, then linear fall to zero."""
    return done / warm_up if done < warm_up else (1.0 - done) / (1.0 - warm_up)


class _Optimizers:
    """Sparse updates for the two tables, AdamW for the rest."""

    def __init__(self, model: Encoder, settings: Settings) -> None:
        tables = (model.embedding.weight, model.linear.weight)
        self._dense = [value for value in model.parameters() if all(value is not table for table in tables)]
        matrices = [value for value in self._dense if value.dim() > 1]
        vectors = [value for value in self._dense if value.dim() == 1]
        self._all = [
            torch.optim.AdamW(
                [{"params": matrices, "weight_decay": settings.weight_decay},
                 {"params": vectors, "weight_decay": 0.0}],
                lr=settings.learning_rate, betas=(0.9, 0.98)),
            torch.optim.SparseAdam([model.embedding.weight], lr=settings.learning_rate),
            torch.optim.Adagrad([model.linear.weight], lr=settings.linear_rate),
        ]
        self._rates = [group["lr"] for optimizer in self._all for group in optimizer.param_groups]

    def step(self, loss: Tensor, share: float) -> None:
        """One update at `share` of the full learning rates."""
        groups = [group for optimizer in self._all for group in optimizer.param_groups]
        for group, rate in zip(groups, self._rates):
            group["lr"] = rate * share
        for optimizer in self._all:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._dense, 1.0)
        for optimizer in self._all:
            optimizer.step()


def _loss(logits: Tensor, targets: Tensor, teacher: list[Tensor], settings: Settings) -> Tensor:
    """Labels where there are any, mixed with the teacher; the teacher alone where there is none."""
    total = logits.new_zeros(())
    for column, head in enumerate(HEADS):
        scores = functional.log_softmax(logits[:, head.start : head.stop], -1)
        known = targets[:, column] >= 0
        soft = -(teacher[column] * scores).sum(-1)
        hard = functional.nll_loss(scores, targets[:, column].clamp(min=0), reduction="none")
        hard = (1 - settings.smoothing) * hard - settings.smoothing * scores.mean(-1)
        mixed = settings.teacher_share * soft + (1 - settings.teacher_share) * hard
        total = total + HEAD_WEIGHT[head] * torch.where(known, mixed, soft).mean()
    return total

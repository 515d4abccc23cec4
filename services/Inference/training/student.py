"""Trains the deep half on labels and on the linear teacher's probabilities."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .augment import augment
from .batches import padded
from .data import Row
from .encoder import Encoder, Size
from .loss import mixed_with_teacher, row_losses
from .precision import mixed
from .tokenizer import Tokenizer, cut

# Most of a training epoch would go into the few long rows; mostly their outer parts are enough.
_SHORT_HEAD, _SHORT_TAIL = 64, 32


@dataclass(frozen=True)
class Leg:
    """A stretch of training with its own rise and fall of the learning rate; its result is kept."""

    epochs: int
    learning_rate: float
    seed: int


@dataclass(frozen=True)
class Settings:
    """Everything that decides the outcome besides the data."""

    size: Size = Size()
    legs: tuple[Leg, ...] = (Leg(epochs=3, learning_rate=2e-4, seed=1),)
    head_rate: float = 5.0
    batch_tokens: int = 2048
    batch_rows: int = 64
    weight_decay: float = 0.02
    warm_up: float = 0.06
    dropout: float = 0.1
    token_drop: float = 0.08
    short_share: float = 0.75
    teacher_share: float = 0.3
    epoch_share: float = 0.6


def create(vocab: int, settings: Settings) -> Encoder:
    """An untrained encoder."""
    torch.manual_seed(settings.legs[0].seed)
    return Encoder(settings.size, vocab, settings.dropout)


def train(model: Encoder, rows: list[Row], soft: np.ndarray, tokenizer: Tokenizer, settings: Settings,
          leg: Leg) -> Encoder:
    """Trains the model in place for one leg; `soft` holds the teacher's probabilities, [rows, 35]."""
    torch.manual_seed(leg.seed)
    dice = random.Random(leg.seed)
    wanted = torch.from_numpy(mixed_with_teacher(rows, soft, settings.teacher_share))
    optimizer = _Optimizer(model, settings, leg.learning_rate)
    started = time.monotonic()
    for epoch in range(leg.epochs):
        chosen = _sample(rows, dice, settings.epoch_share)
        sequences = [_tokens(rows[index].text, tokenizer, settings, dice) for index in chosen]
        batches = list(padded(sequences, settings.batch_tokens, settings.batch_rows))
        dice.shuffle(batches)
        total = 0.0
        model.train()
        for step, (places, ids, mask) in enumerate(batches):
            done = (epoch + step / len(batches)) / leg.epochs
            where = torch.tensor([chosen[place] for place in places])
            with mixed():
                answer = model(torch.from_numpy(ids), torch.from_numpy(mask)).float()
            loss = row_losses(answer, wanted[where]).mean()
            optimizer.step(loss, rise_and_fall(done, settings.warm_up))
            total += loss.item()
        print(f"epoch {epoch + 1}/{leg.epochs}: {len(batches)} batches, loss {total / len(batches):.4f}, "
              f"{time.monotonic() - started:.0f} s", flush=True)
    return model.eval()


def logits(model: Encoder, sequences: list[list[int]], budget: int = 8192) -> np.ndarray:
    """Raw logits of the fp32 model in the order of the sequences."""
    out = np.zeros((len(sequences), model.head.out_features), dtype=np.float32)
    with torch.no_grad():
        for places, ids, mask in padded(sequences, budget):
            out[places] = model(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
    return out


def _sample(rows: list[Row], dice: random.Random, share: float) -> list[int]:
    """Each row about `weight` times `share` times."""
    return [
        index
        for index, row in enumerate(rows)
        for _ in range(int(row.weight * share) + (dice.random() < row.weight * share % 1))
    ]


def _tokens(text: str, tokenizer: Tokenizer, settings: Settings, dice: random.Random) -> list[int]:
    ids = tokenizer.encode(augment(text, dice))
    kept = [piece for piece in ids if dice.random() >= settings.token_drop]
    if len(kept) > _SHORT_HEAD + _SHORT_TAIL and dice.random() < settings.short_share:
        kept = kept[:_SHORT_HEAD] + kept[-_SHORT_TAIL:]
    return cut(kept) or tokenizer.encode_for_model(text)


def rise_and_fall(done: float, warm_up: float) -> float:
    """Linear rise, then linear fall to zero."""
    return done / warm_up if done < warm_up else (1.0 - done) / (1.0 - warm_up)


class _Optimizer:
    """AdamW; the heads, which start from nothing, learn faster than what is pre-trained."""

    def __init__(self, model: Encoder, settings: Settings, rate: float) -> None:
        heads = list(model.head.parameters())
        others = [value for name, value in model.named_parameters() if not name.startswith(("head.", "embedding."))]
        self._model = model
        self._adam = torch.optim.AdamW(
            [{"params": others, "lr": rate, "weight_decay": settings.weight_decay},
             {"params": [model.embedding.weight], "lr": rate, "weight_decay": 0.0},
             {"params": heads, "lr": rate * settings.head_rate, "weight_decay": settings.weight_decay}],
            betas=(0.9, 0.98))
        self._rates = [group["lr"] for group in self._adam.param_groups]

    def step(self, loss: Tensor, share: float) -> None:
        """One update at `share` of the full learning rates."""
        for group, rate in zip(self._adam.param_groups, self._rates):
            group["lr"] = rate * share
        self._adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._adam.step()

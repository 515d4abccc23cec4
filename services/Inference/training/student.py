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
from .data import Row, target_matrix
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

    size: Size = Size(layers=2, width=256, heads=4)
    legs: tuple[Leg, ...] = (Leg(epochs=4, learning_rate=1e-3, seed=1), Leg(epochs=2, learning_rate=5e-4, seed=2))
    batch_tokens: int = 2048
    weight_decay: float = 0.05
    warm_up: float = 0.06
    dropout: float = 0.1
    token_drop: float = 0.1
    short_share: float = 0.75
    teacher_share: float = 0.5
    epoch_share: float = 0.5


def create(tokenizer: Tokenizer, settings: Settings, embedding: np.ndarray | None) -> Encoder:
    """An untrained encoder; its embedding starts from word vectors where they are given."""
    torch.manual_seed(settings.legs[0].seed)
    model = Encoder(settings.size, tokenizer.size, settings.dropout)
    if embedding is not None:
        model.embedding.weight.data.copy_(torch.from_numpy(embedding))
    return model


def train(model: Encoder, rows: list[Row], soft: np.ndarray, tokenizer: Tokenizer, settings: Settings,
          leg: Leg) -> Encoder:
    """Trains the model in place for one leg; `soft` holds the teacher's probabilities, [rows, 31]."""
    torch.manual_seed(leg.seed)
    dice = random.Random(leg.seed)
    wanted = torch.from_numpy(mixed_with_teacher(target_matrix(rows), soft, settings.teacher_share))
    optimizers = _Optimizers(model, settings, leg.learning_rate)
    started = time.monotonic()
    for epoch in range(leg.epochs):
        chosen = _sample(rows, dice, settings.epoch_share)
        sequences = [_tokens(rows[index].text, tokenizer, settings, dice) for index in chosen]
        batches = list(padded(sequences, settings.batch_tokens))
        dice.shuffle(batches)
        total = 0.0
        model.train()
        for step, (places, ids, mask) in enumerate(batches):
            done = (epoch + step / len(batches)) / leg.epochs
            where = torch.tensor([chosen[place] for place in places])
            with mixed():
                answer = model(torch.from_numpy(ids), torch.from_numpy(mask)).float()
            loss = row_losses(answer, wanted[where]).mean()
            optimizers.step(loss, _schedule(done, settings.warm_up))
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


def _schedule(done: float, warm_up: float) -> float:
    """Linear rise, then linear fall to zero."""
    return done / warm_up if done < warm_up else (1.0 - done) / (1.0 - warm_up)


class _Optimizers:
    """Sparse updates for the embedding, AdamW for the rest."""

    def __init__(self, model: Encoder, settings: Settings, rate: float) -> None:
        self._dense = [value for value in model.parameters() if value is not model.embedding.weight]
        matrices = [value for value in self._dense if value.dim() > 1]
        vectors = [value for value in self._dense if value.dim() == 1]
        self._all = [
            torch.optim.AdamW(
                [{"params": matrices, "weight_decay": settings.weight_decay},
                 {"params": vectors, "weight_decay": 0.0}],
                lr=rate, betas=(0.9, 0.98)),
            torch.optim.SparseAdam([model.embedding.weight], lr=rate),
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

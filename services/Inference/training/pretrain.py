"""Masked-language pre-training: the encoder learns to fill in hidden tokens of unlabelled text."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .batches import padded
from .encoder import Encoder
from .precision import mixed
from .tokenizer import MAX_TOKENS, UNK_ID, Tokenizer

_CHUNK = 128
_LONG_SHARE = 0.1
_SHORTEST = 6
_OTHERS = 3000
_REPORT_EVERY = 100
_KEEP_EVERY = 300


@dataclass(frozen=True)
class Plan:
    """How long and how fast to pre-train."""

    tokens: int = 10_000_000
    batch_tokens: int = 4096
    learning_rate: float = 1e-3
    warm_up: float = 0.04
    hidden_share: float = 0.15
    weight_decay: float = 0.01
    seed: int = 11


def chunks(texts: list[str], words: Tokenizer, dice: random.Random) -> list[list[int]]:
    """Token ids of every text, long ones cut into pieces of 128, some of 256."""
    found: list[list[int]] = []
    for text in texts:
        ids = words.encode(text)
        while ids:
            size = MAX_TOKENS if dice.random() < _LONG_SHARE else _CHUNK
            if len(ids[:size]) >= _SHORTEST:
                found.append(ids[:size])
            ids = ids[size:]
    return found


def train(model: Encoder, sequences: list[list[int]], plan: Plan, kept: Path) -> Encoder:
    """Trains in place; `kept` holds the state of an unfinished run, which continues from there."""
    torch.manual_seed(plan.seed)
    dice, noise = random.Random(plan.seed), np.random.default_rng(plan.seed)
    model.embedding.sparse = False
    bias = torch.nn.Parameter(torch.zeros(model.embedding.num_embeddings))
    learned = [value for name, value in model.named_parameters() if not name.startswith("head.")] + [bias]
    optimizer = torch.optim.AdamW(learned, lr=plan.learning_rate, betas=(0.9, 0.98), weight_decay=plan.weight_decay)
    batches = _schedule(sequences, plan, dice)
    first = 0
    if kept.exists():
        state = torch.load(kept)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        bias.data.copy_(state["bias"])
        first = state["step"]
    started, loss_sum = time.monotonic(), 0.0
    model.eval()  # no dropout: it sees hardly any text twice
    for step, (ids, mask) in enumerate(batches):
        # A continued run draws the same noise as one that was never stopped.
        seen, places, wanted = _hide(ids, mask, plan.hidden_share, model.embedding.num_embeddings, noise)
        if step < first:
            continue
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * _share(step / len(batches), plan.warm_up)
        loss = _loss(model, bias, seen, mask, places, wanted)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        loss_sum += loss.item()
        if (step + 1) % _REPORT_EVERY == 0:
            print(f"step {step + 1}/{len(batches)}: loss {loss_sum / _REPORT_EVERY:.3f}, "
                  f"{time.monotonic() - started:.0f} s", flush=True)
            loss_sum = 0.0
        if (step + 1) % _KEEP_EVERY == 0:
            partial = kept.with_suffix(".part")
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "bias": bias.data,
                        "step": step + 1}, partial)
            partial.replace(kept)
    model.embedding.sparse = True
    return model.eval()


def _schedule(sequences: list[list[int]], plan: Plan, dice: random.Random) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of alike lengths in a random order, as often over as the number of tokens asks for."""
    order: list[tuple[np.ndarray, np.ndarray]] = []
    tokens = 0
    while tokens < plan.tokens:
        part = [(ids, mask) for _, ids, mask in padded(sequences, plan.batch_tokens)]
        dice.shuffle(part)
        for ids, mask in part:
            if tokens < plan.tokens:
                order.append((ids, mask))
                tokens += int(mask.sum())
    return order


def _hide(ids: np.ndarray, mask: np.ndarray, share: float, vocab: int,
          noise: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """What the model sees, which places it has to fill in, and with what (80 % unknown, 10 % random)."""
    chosen = (noise.random(ids.shape) < share) & (mask == 1)
    chosen[0, 0] = True
    kind = noise.random(ids.shape)
    seen = np.where(chosen & (kind < 0.8), UNK_ID, ids)
    seen = np.where(chosen & (kind >= 0.9), noise.integers(0, vocab, ids.shape), seen)
    places = np.flatnonzero(chosen)
    return torch.from_numpy(seen), torch.from_numpy(places), torch.from_numpy(ids.reshape(-1)[places])


def _loss(model: Encoder, bias: Tensor, seen: Tensor, mask: np.ndarray, places: Tensor, wanted: Tensor) -> Tensor:
    """Against the tokens wanted in this batch and some random others: the whole vocabulary costs too much."""
    others = torch.randint(0, len(bias), (_OTHERS,))
    candidates, columns = torch.unique(torch.cat([wanted, others]), return_inverse=True)
    with mixed():
        x = model.read(seen, torch.from_numpy(mask))
        x = x.reshape(-1, x.shape[-1])[places]
        scores = functional.linear(x, model.embedding.weight[candidates])
    return functional.cross_entropy(scores.float() + bias[candidates], columns[: len(wanted)])


def _share(done: float, warm_up: float) -> float:
    return done / warm_up if done < warm_up else (1.0 - done) / (1.0 - warm_up)

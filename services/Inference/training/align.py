"""Gives the encoder its other languages: a sentence and its translation shall have one meaning.

Reimers and Gurevych 2020, arXiv:2004.09813: the English encoder is the teacher; the student, the same encoder with
more pieces, learns to give the translation the vector that the teacher gives the English sentence, and goes
on giving it to the English sentence itself.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor
from torch.nn import functional

from .batches import padded, split
from .encoder import Encoder, average
from .precision import mixed
from .sentence import LONGEST, RESERVED, Sentences
from .student import rise_and_fall
from .tokenizer import Tokenizer

Pairs = dict[str, list[tuple[str, str]]]

_REPORT_EVERY = 250

# A new piece starts as the mean of the English pieces it stands beside most (Dice coefficient).
_BESIDE = 4
_FEW = 8
_LONGEST_GUESS = 40


@dataclass(frozen=True)
class Plan:
    """How much to read and how fast to learn."""

    per_language: int = 32_000
    english: int = 60_000
    batch_tokens: int = 2400
    learning_rate: float = 1e-4
    embedding_rate: float = 1.2e-3
    mean_share: float = 0.5
    warm_up: float = 0.03
    longest: int = 96
    seed: int = 1


def learn(teacher: Sentences, words: Tokenizer, old: Tokenizer, pairs: Pairs, english: list[str], plan: Plan,
          student: Encoder) -> Encoder:
    """Trains the student in place; `old` splits text as the teacher expects it."""
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)
    for part in pairs.values():
        dice.shuffle(part)
    _start(teacher, words, old, pairs, student)
    items = [pair for part in pairs.values() for pair in part[: plan.per_language]]
    items += [(text, text) for text in dice.sample(english, min(plan.english, len(english)))]
    read = [(old.encode(source)[:LONGEST - 1], words.encode(target)[: plan.longest]) for source, target in items]
    read = [(source, target) for source, target in read if source and target]
    batches = split([max(map(len, pair)) for pair in read], plan.batch_tokens)
    dice.shuffle(batches)
    optimizer = torch.optim.AdamW([
        {"params": [value for name, value in student.named_parameters() if name != "embedding.weight"],
         "lr": plan.learning_rate, "weight_decay": 0.01},
        {"params": [student.embedding.weight], "lr": plan.embedding_rate, "weight_decay": 0.0}], betas=(0.9, 0.98))
    rates = [group["lr"] for group in optimizer.param_groups]
    started, total = time.monotonic(), 0.0
    student.train()
    for step, batch in enumerate(batches):
        share = rise_and_fall(step / len(batches), plan.warm_up)
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * share
        with mixed():
            with torch.no_grad():
                wanted = _vectors(teacher.encoder, [read[index][0] for index in batch])
            given = _vectors(student, [read[index][1] for index in batch])
        loss = _distance(wanted, given, plan.mean_share)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        total += loss.item()
        if (step + 1) % _REPORT_EVERY == 0:
            print(f"step {step + 1}/{len(batches)}: {total / _REPORT_EVERY:.4f}, {time.monotonic() - started:.0f} s", flush=True)
            total = 0.0
    return student.eval()


def _distance(wanted: tuple[Tensor, Tensor], given: tuple[Tensor, Tensor], share: float) -> Tensor:
    """Of the sentence vectors, and of the means before them, seen from the batch's centre."""
    centre = wanted[0].mean(0)
    apart = functional.cosine_similarity(wanted[0] - centre, given[0] - centre)
    return (1 - (wanted[1] * given[1]).sum(1)).mean() + share * (1 - apart).mean()


def _vectors(model: Encoder, sequences: list[list[int]]) -> tuple[Tensor, Tensor]:
    """The mean of the tokens and the sentence vector, in the order of the sequences."""
    places, ids, mask = next(padded(sequences, 10**9))
    back = torch.from_numpy(np.argsort(places))
    seen = torch.from_numpy(mask)
    mean = average(model.read(torch.from_numpy(ids), seen).float(), seen)[back]
    return mean, model.meaning(mean)


def _start(teacher: Sentences, words: Tokenizer, old: Tokenizer, pairs: Pairs, student: Encoder) -> None:
    """The teacher's weights; its embedding for pieces it knows, a guess for the others."""
    known = {piece: place for place, (piece, _) in enumerate(teacher.pieces) if place >= RESERVED}
    table = teacher.encoder.embedding.weight.detach()
    fresh = torch.randn(words.size, table.shape[1]) * table.std() / 2
    same = {token: known[words.piece(token)] for token in range(words.size) if words.piece(token) in known}
    fresh[list(same)] = table[list(same.values())]
    for token, (places, weights) in _beside(words, old, pairs, set(same), len(table)).items():
        fresh[token] = (torch.from_numpy(weights)[:, None] * table[places]).sum(0)
    state = {**teacher.encoder.state_dict(), "embedding.weight": fresh}
    student.load_state_dict({name: state[name] for name in student.state_dict()})


def _beside(words: Tokenizer, old: Tokenizer, pairs: Pairs, same: set[int],
            size: int) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """For each new piece the English pieces it goes with most, and their weights, which sum to one."""
    rows, columns = [], []
    left, right = Counter[int](), Counter[int]()
    for part in pairs.values():
        for source, target in part:
            english = set(old.encode(source))
            new = set(words.encode(target)) - same
            if len(english) > _LONGEST_GUESS:
                continue
            left.update(english)
            right.update(new)
            rows += [token for token in new for _ in english]
            columns += [place for _ in new for place in english]
    counts = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(words.size, size))
    counts.sum_duplicates()
    often = np.array([left[place] for place in range(size)], np.float32)
    found = {}
    for token in right:
        row = counts.getrow(token)
        dice = 2 * row.data / (right[token] + often[row.indices] + _FEW)
        best = np.argsort(-dice)[:_BESIDE]
        weights = dice[best] ** 2
        found[token] = (row.indices[best], weights / weights.sum())
    return found

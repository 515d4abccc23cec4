"""The deep half of the model: a pre-LN transformer in the shape of the Universal Sentence Encoder Lite.

Cer et al. 2018, arXiv:1803.11175. Its weights are where training starts (`sentence.py`); embeddings are narrower
than the layers, so the first layer carries its input on by a matrix.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .labels import WIDTH

MASKED = 30000.0
EPSILON = 1e-6

# Three views of the tokens feed the heads, brought to about the same size.
SENTENCE_SCALE = 22.0
STRONGEST_SCALE = 0.5

_LONGEST_WAVE = 10000.0


@dataclass(frozen=True)
class Size:
    """Shape of the encoder: width of an embedding, of a layer's output, of its feed-forward layer."""

    embedding: int = 256
    width: int = 512
    feed: int = 1536
    heads: int = 4
    layers: int = 2


class Layer(nn.Module):
    def __init__(self, entry: int, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads = size.heads
        self.before_attention = nn.LayerNorm(entry, EPSILON)
        self.qkv = nn.Linear(entry, 3 * entry)
        self.attended = nn.Linear(entry, size.width)
        self.carried = nn.Linear(entry, size.width) if entry != size.width else None
        self.before_feed = nn.LayerNorm(size.width, EPSILON)
        self.feed_in = nn.Linear(size.width, size.feed)
        self.feed_out = nn.Linear(size.feed, size.width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        kept = x if self.carried is None else self.carried(x).float()
        x = kept + self.dropout(self._attend(self.before_attention(x), bias)).float()
        return x + self.dropout(self.feed_out(functional.relu(self.feed_in(self.before_feed(x))))).float()

    def _attend(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            part.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(x).split(width, -1)
        )
        scores = torch.matmul(query / math.sqrt(width // self.heads), key.transpose(-1, -2)) + bias
        mixed = torch.matmul(torch.softmax(scores.float(), -1).to(value.dtype), value)
        return self.attended(mixed.transpose(1, 2).reshape(batch, length, width))


class Encoder(nn.Module):
    """`forward(ids, mask)` gives the raw logits of all heads, [batch, 35]."""

    def __init__(self, size: Size, vocab: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab, size.embedding)
        entries = [size.embedding] + [size.width] * (size.layers - 1)
        self.layers = nn.ModuleList(Layer(entry, size, dropout) for entry in entries)
        self.sentence = nn.Linear(size.width, size.width)
        self.head = nn.Linear(3 * size.width, WIDTH)
        self.dropout = nn.Dropout(1.5 * dropout)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        tokens = self.read(ids, mask)
        mean = average(tokens, mask)
        strongest = tokens.masked_fill(mask[:, :, None] == 0, -MASKED).max(1).values
        views = [SENTENCE_SCALE * self.meaning(mean), mean, STRONGEST_SCALE * strongest]
        return self.head(self.dropout(torch.cat(views, 1)))

    def meaning(self, mean: Tensor) -> Tensor:
        """The sentence vector of length one that the encoder was made for, [batch, width]."""
        return functional.normalize(torch.tanh(self.sentence(mean)).float(), dim=-1)

    def read(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector per token, [batch, length, width]."""
        bias = ((mask.to(torch.float32) - 1.0) * MASKED)[:, None, None, :]
        # The published graph adds the embedding to the sum of embedding and position.
        x = 2 * self.embedding(ids) + positions(ids.shape[1], self.embedding.embedding_dim)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def average(tokens: Tensor, mask: Tensor) -> Tensor:
    """The mean of the vectors that are no padding, [batch, width]."""
    present = mask.to(torch.float32)
    return (tokens * present[:, :, None]).sum(1) / present.sum(1, keepdim=True)


def positions(length: int, width: int) -> Tensor:
    """Sines and cosines of the place, [length, width] (Vaswani et al. 2017, section 3.5)."""
    waves = width // 2
    slower = torch.exp(-torch.arange(waves) * (math.log(_LONGEST_WAVE) / (waves - 1)))
    angle = torch.arange(length)[:, None] * slower[None]
    return torch.cat([angle.sin(), angle.cos()], 1)

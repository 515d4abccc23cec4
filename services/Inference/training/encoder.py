"""The deep half of the model: a plain pre-LN transformer, masked mean pooling, one layer for all heads."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .labels import WIDTH
from .tokenizer import MAX_TOKENS

MASKED = 30000.0


@dataclass(frozen=True)
class Size:
    """Shape of the encoder; the feed-forward layer is four times as wide."""

    layers: int
    width: int
    heads: int


class Layer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.before_attention = nn.LayerNorm(size.width)
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.attended = nn.Linear(size.width, size.width)
        self.before_feed = nn.LayerNorm(size.width)
        self.feed_in = nn.Linear(size.width, 4 * size.width)
        self.feed_out = nn.Linear(4 * size.width, size.width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = x + self._attend(self.before_attention(x), bias)
        return x + self.feed_out(functional.gelu(self.feed_in(self.before_feed(x))))

    def _attend(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            part.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(x).split(width, -1)
        )
        scores = torch.matmul(query / math.sqrt(width // self.heads), key.transpose(-1, -2)) + bias
        mixed = torch.matmul(torch.softmax(scores, -1), value)
        return self.attended(mixed.transpose(1, 2).reshape(batch, length, width))


class Encoder(nn.Module):
    """`forward(ids, mask)` gives the raw logits of all heads, [batch, 31]."""

    def __init__(self, size: Size, vocab: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab, size.width, sparse=True)
        self.position = nn.Embedding(MAX_TOKENS, size.width)
        nn.init.normal_(self.position.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.last = nn.LayerNorm(size.width)
        self.head = nn.Linear(size.width, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        present = mask.to(torch.float32)
        pooled = (self.read(ids, mask) * present[:, :, None]).sum(1) / present.sum(1, keepdim=True)
        return self.head(self.dropout(pooled))

    def read(self, ids: Tensor, mask: Tensor) -> Tensor:
        """One vector per token, [batch, length, width]."""
        bias = ((mask.to(torch.float32) - 1.0) * MASKED)[:, None, None, :]
        x = self.dropout(self.embedding(ids) + self.position.weight[: ids.shape[1]])
        for layer in self.layers:
            x = layer(x, bias)
        return self.last(x)

"""The SentencePiece unigram tokenizer: training, encoding and the binary form the service reads."""

from __future__ import annotations

import io
import struct
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

PAD_ID = 0
UNK_ID = 1
MAX_TOKENS = 256
HEAD_TOKENS = 160
TAIL_TOKENS = 96

_MAGIC = b"PPT1"
_NORMAL, _CONTROL, _BYTE = range(3)


def normalise(text: str) -> str:
    """NFKC: the only normalisation before SentencePiece, whose own is switched off."""
    return unicodedata.normalize("NFKC", text)


def train(texts: Iterable[str], path: Path, vocab_size: int) -> None:
    """Learns the vocabulary from texts; a line break is left to the byte piece <0x0A>."""
    lines = (
        line
        for text in texts
        for line in normalise(text).replace("\t", " ").splitlines()
        if line.strip()
    )
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=lines, model_writer=model, model_type="unigram", vocab_size=vocab_size,
        byte_fallback=True, normalization_rule_name="identity", add_dummy_prefix=True,
        remove_extra_whitespaces=True, split_digits=True, character_coverage=0.9998,
        pad_id=PAD_ID, unk_id=UNK_ID, bos_id=-1, eos_id=-1, num_threads=1, minloglevel=2,
    )
    path.write_bytes(model.getvalue())


class Tokenizer:
    """Text to token ids, cut to the first 160 and the last 96 when longer than 256."""

    def __init__(self, path: Path) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))

    @property
    def size(self) -> int:
        return self._pieces.get_piece_size()

    def encode(self, text: str) -> list[int]:
        return self._pieces.encode(normalise(text))

    def encode_for_model(self, text: str) -> list[int]:
        """Never empty: a prompt without tokens is one unknown token."""
        return cut(self.encode(text)) or [UNK_ID]

    def piece(self, token: int) -> str:
        return self._pieces.id_to_piece(token)

    def id(self, piece: str) -> int:
        """The id of a piece, the unknown id when the vocabulary lacks it."""
        return self._pieces.piece_to_id(piece)

    def is_text(self, token: int) -> bool:
        """False for padding, the unknown token and byte pieces."""
        return self._kind(token) == _NORMAL

    def to_bytes(self) -> bytes:
        """`PPT1`, vocabulary size, unk id, pad id, first byte id, then each piece (see README.md)."""
        pieces = self._pieces
        first_byte = pieces.piece_to_id("<0x00>")
        byte_ids = [pieces.piece_to_id(f"<0x{value:02X}>") for value in range(256)]
        if byte_ids != list(range(first_byte, first_byte + 256)):
            raise ValueError("the byte pieces are not consecutive")
        out = bytearray(_MAGIC)
        out += struct.pack("<iiii", self.size, UNK_ID, PAD_ID, first_byte)
        for piece_id in range(self.size):
            name = pieces.id_to_piece(piece_id).encode()
            out += struct.pack("<ifB", len(name), pieces.get_score(piece_id), self._kind(piece_id)) + name
        return bytes(out)

    def _kind(self, piece_id: int) -> int:
        if self._pieces.is_byte(piece_id):
            return _BYTE
        if self._pieces.is_control(piece_id) or self._pieces.is_unknown(piece_id):
            return _CONTROL
        return _NORMAL


def cut(ids: list[int]) -> list[int]:
    """The first 160 and the last 96 of a longer sequence."""
    return ids if len(ids) <= MAX_TOKENS else ids[:HEAD_TOKENS] + ids[-TAIL_TOKENS:]

"""The pieces of the model: the sentence encoder's English ones, and learned ones of seven other languages.

English keeps the pieces and scores that the encoder knows, so its text is split as the encoder expects.
Pieces of the other languages that English text would rather use are left out.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

from . import tokenizer
from .sentence import RESERVED
from .tokenizer import normalise

LANGUAGES = ("de", "fr", "es", "it", "pt", "zh", "ja")

_LEARNED = 18_500
_LINE = 1500

# Characters per language; a character of Chinese or Japanese says more.
_BUDGET = 1_600_000
_DENSE = {"zh": 700_000, "ja": 700_000}
_SHARES = (0.5, 0.35, 0.25)

_NORMAL, _UNKNOWN, _UNUSED, _BYTE = 1, 2, 5, 6


def learn(prompts: dict[str, list[str]], text: dict[str, list[str]], pairs: dict[str, list[tuple[str, str]]],
          english: list[tuple[str, float]], path: Path, kept: int) -> None:
    """Writes the joint vocabulary: control and byte pieces, the English ones, at most `kept` of the others."""
    own = path.with_suffix(".own")
    tokenizer.train(_lines(prompts, text, pairs), own, _LEARNED)
    learned = proto.ModelProto.FromString(own.read_bytes())
    own.unlink()
    joint = proto.ModelProto()
    joint.CopyFrom(learned)
    del joint.pieces[:]
    fixed = [*learned.pieces[:2], *(piece for piece in learned.pieces if piece.type == _BYTE)]
    for piece in fixed:
        joint.pieces.add().CopyFrom(piece)
    _add(joint, english[RESERVED:])
    known = {piece.piece for piece in joint.pieces}
    others = [(piece.piece, piece.score) for piece in learned.pieces
              if piece.type == _NORMAL and piece.piece not in known]
    _add(joint, _foreign(joint, others, prompts)[:kept])
    joint.trainer_spec.vocab_size = len(joint.pieces)
    path.write_bytes(joint.SerializeToString())


def write(pieces: list[tuple[str, float]], path: Path) -> None:
    """The sentence encoder's own vocabulary, ids as in its embedding; what it does not know is id 0."""
    model = proto.ModelProto()
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.trainer_spec.unk_id, model.trainer_spec.bos_id = 0, -1
    model.trainer_spec.eos_id, model.trainer_spec.pad_id = -1, -1
    model.normalizer_spec.name = "identity"
    model.pieces.add(piece="<unk>", score=0.0, type=_UNKNOWN)
    seen: set[str] = set()
    for place, (text, score) in enumerate(pieces[1:], 1):
        usable = place >= RESERVED and text not in seen
        seen.add(text)
        model.pieces.add(piece=text if usable else f"<{place}>", score=score, type=_NORMAL if usable else _UNUSED)
    path.write_bytes(model.SerializeToString())


def _lines(prompts: dict[str, list[str]], text: dict[str, list[str]],
           pairs: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    dice = random.Random(1)
    for language in LANGUAGES:
        parts = [2 * prompts.get(language, []), text.get(language, []), [other for _, other in pairs.get(language, [])]]
        for part, share in zip(parts, _SHARES):
            dice.shuffle(part)
            left = _DENSE.get(language, _BUDGET) * share
            for line in part:
                if left <= 0:
                    break
                yield line[:_LINE]
                left -= len(line[:_LINE])


def _add(model: proto.ModelProto, pieces: list[tuple[str, float]]) -> None:
    known = {piece.piece for piece in model.pieces}
    for text, score in pieces:
        if text not in known:
            known.add(text)
            model.pieces.add(piece=text, score=score, type=_NORMAL)


def _foreign(joint: proto.ModelProto, others: list[tuple[str, float]],
             prompts: dict[str, list[str]]) -> list[tuple[str, float]]:
    """Those that English prompts use less than half as often as the other prompts do."""
    both = proto.ModelProto()
    both.CopyFrom(joint)
    _add(both, others)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=both.SerializeToString())
    english = _shares(pieces, prompts["en"])
    rest = _shares(pieces, [text for language in LANGUAGES for text in prompts.get(language, [])])
    return [(text, score) for text, score in others
            if not text.isascii() or english[text] <= max(0.5 * rest[text], 1e-6)]


def _shares(pieces: sentencepiece.SentencePieceProcessor, texts: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(pieces.encode(normalise(text)[:500], out_type=str))
    total = max(1, counts.total())
    return Counter({piece: count / total for piece, count in counts.items()})

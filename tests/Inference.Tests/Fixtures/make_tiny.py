"""Writes the tiny model folder that these tests load beside the real one: python3 make_tiny.py (Debian's onnx and sentencepiece)

The model means nothing: each token has a fixed vector of 31 logits and a prompt's logits are the mean over its tokens. That makes
the right answer known for any batch, padded or not. tokens.json holds SentencePiece's ids for texts that are hard to cut.
"""
import hashlib
import io
import json
import random
import struct
import unicodedata

import numpy as np
import onnx
import sentencepiece
from onnx import TensorProto as T, helper as h, numpy_helper as nh

SUBJECTS = "the cat|a small dog|my sister|der alte Mann|eine Lehrerin|la casa blanca|un libro|le petit prince|der Zug|our team".split("|")
VERBS = "reads|writes|schreibt|kauft|canta|explains|sees|liest|cherche|builds|translates".split("|")
OBJECTS = "a letter|the old code|einen Brief|una carta|two numbers|le texte|ten ideas|den Bericht|a short story|the list".split("|")
TEXTS = [
    "", " ", "   ", "hi", "Hello   world", "  the cat reads a letter  ", "der alte Mann schreibt einen Brief", "日本語のテキスト", "a\tb\nc\n\nd",
    "ﬁne ﬂour ½ ①", "Ｆｕｌｌ　ｗｉｄｔｈ", "café café", "한국어 각 각", "①②③ ㍿ ℡", "a\u00a0b\u2003c", "😀👩‍👩‍👧 flag 🇩🇪", "▁already▁escaped▁", "x ▁ y ▁ ",
    "q̣̇ q̣̇ ẛ̣ ệ", "ﷺ ϓ ſt", "\u0301 alone", "ｶﾞ ガ", "ᄀ\u1161\u11a8 가\u11a8", "<0x41> <unk> <pad> <s>",
    "the cat reads the cat reads " * 60, "ä" * 700, "unspaced" * 200, "€ 12,345.67 – “quoted”… http://example.org/?a=b&c=d", "def f(x):\n    return x ** 2",
    "Zürich Straße ÄÖÜ çà et là œuvre", "Ångström K Å", "\u200b\u200d zero \ufeffwidth", "𝒜𝓫𝔠 ⅷ ² ⁿ ㎏ ｡ ﹏",
]


def train():
    dice = random.Random(7)
    lines = [f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)}" for _ in range(3000)]
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, model_type="unigram", vocab_size=340, byte_fallback=True,
        normalization_rule_name="identity", add_dummy_prefix=True, remove_extra_whitespaces=True, character_coverage=1.0,
        user_defined_symbols=["http://", "日本"], pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, num_threads=1, minloglevel=2)
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def write_tokenizer(pieces):
    def kind(i):
        if pieces.is_byte(i):
            return 2
        if pieces.is_control(i) or pieces.is_unknown(i):
            return 1
        return 3 if pieces.id_to_piece(i) in ("http://", "日本") else 0

    out = b"PPT1" + struct.pack("<4i", pieces.get_piece_size(), 1, 0, pieces.piece_to_id("<0x00>"))
    for i in range(pieces.get_piece_size()):
        text = pieces.id_to_piece(i).encode()
        out += struct.pack("<ifB", len(text), pieces.get_score(i), kind(i)) + text
    return out


def write_model(size, width=31):
    table = np.random.default_rng(3).normal(0, 1, (size, width)).astype("f")
    nodes = [
        h.make_node("Gather", ["table", "ids"], ["rows"]), h.make_node("Cast", ["mask"], ["weights"], to=T.FLOAT),
        h.make_node("Unsqueeze", ["weights", "last"], ["weights3"]), h.make_node("Mul", ["rows", "weights3"], ["kept"]),
        h.make_node("ReduceSum", ["kept", "middle"], ["sum"], keepdims=0), h.make_node("ReduceSum", ["weights", "middle"], ["count"], keepdims=1),
        h.make_node("Div", ["sum", "count"], ["logits"]),
    ]
    graph = h.make_graph(
        nodes, "tiny", [h.make_tensor_value_info(name, T.INT64, ["B", "S"]) for name in ("ids", "mask")],
        [h.make_tensor_value_info("logits", T.FLOAT, ["B", width])],
        [nh.from_array(table, "table"), nh.from_array(np.array([2]), "last"), nh.from_array(np.array([1]), "middle")])
    return h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8).SerializeToString(), table


pieces = train()
tokenizer = write_tokenizer(pieces)
model, table = write_model(pieces.get_piece_size())
shipped = json.load(open("../../../services/Inference/Model/model.json"))["heads"]
labels = {head["name"]: head["labels"] for head in shipped}
heads = [("intent", 1.5), ("domain", 1.0), ("complexity", 0.8)]
card = {
    "version": hashlib.sha256(model + tokenizer).hexdigest()[:16],
    "heads": [{"name": name, "labels": labels[name], "temperature": t} for name, t in heads],
    "maxTokens": 256, "padId": 0, "headTokens": 160, "tailTokens": 96, "metrics": {"dev.intent.accuracy": 0.5},
}
open("tiny/tokenizer.bin", "wb").write(tokenizer)
open("tiny/model.onnx", "wb").write(model)
json.dump(card, open("tiny/model.json", "w"), indent=1)
cases = [{"text": text, "ids": pieces.encode(unicodedata.normalize("NFKC", text))} for text in TEXTS]
json.dump(cases, open("tiny/tokens.json", "w"), indent=None, ensure_ascii=True, separators=(",", ":"))
short = [case for case in cases if 0 < len(case["ids"]) <= 256][:8]
answers = [{"text": c["text"], "logits": table[c["ids"]].mean(0).round(5).tolist()} for c in short]
for name in ("logits", "checks"):
    json.dump(answers, open(f"tiny/{name}.json", "w"), separators=(",", ":"))

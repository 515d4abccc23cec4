"""Test data for the service, from texts written for it: token ids and logits to agree with."""

from __future__ import annotations

import json
from pathlib import Path

from .runtime import Runtime
from .tokenizer import Tokenizer

TEXTS = (
    "", " ", "hi", "Hello!", "hello   world", "  leading and trailing  ", "a", "?", "...", "1234567890",
    "Write a Python function that merges two sorted lists.",
    "Why does this loop never end?\nwhile (i < 10) { Console.WriteLine(i); }",
    "Summarise the following report in three sentences: revenue rose by 12.5 % in the third quarter.",
    "translate to German: the train leaves at 7:45 from platform 3",
    "Name ten ideas for a birthday party on a small budget",
    "What is 17 * 23 - 4?", "Solve x^2 - 5x + 6 = 0 and show each step.",
    "act as a strict librarian and answer only in questions",
    "Extract all dates from this text: we met on 3 May 2021 and again on 2021-06-14.",
    "Is this review positive or negative? \"The soup was cold, the staff was lovely.\"",
    "plan a 3-day trip to Lisbon with two children",
    "pls fix teh speling in this sentance",
    "Write a polite e-mail to my landlord about the broken heating.",
    "Explain photosynthesis to a ten-year-old.",
    "Should I pay off my mortgage early or invest the money?",
    "SELECT name, COUNT(*) FROM orders GROUP BY name HAVING COUNT(*) > 3;",
    "public sealed record Point(int X, int Y);",
    "```js\nconst sum = (a, b) => a + b;\n```\nadd types to this",
    "{\"name\": \"value\", \"list\": [1, 2, 3], \"nested\": {\"ok\": true}}",
    "https://example.org/path?query=1&other=two#part", "someone@example.org", "C:\\Users\\me\\file.txt",
    "Schreibe ein kurzes Gedicht über den Herbst.",
    "Können Sie mir bitte erklären, wie ein Wärmetauscher funktioniert?",
    "Größe, Straße, Äpfel, Öl, Übung, ß",
    "Escribe un correo formal para pedir vacaciones en agosto.",
    "¿Cuál es la capital de Mongolia?", "¡Ayúdame con los deberes de matemáticas, por favor!",
    "Résume ce texte en deux phrases : l’été a été très chaud.",
    "Pourquoi le ciel est-il bleu ? Explique-le simplement.",
    "Traduci in inglese: domani andrò al mare con i miei amici.",
    "Perché l'acqua bolle prima in montagna?",
    "Crie uma lista de compras para um churrasco com dez pessoas.",
    "Não consigo dormir, o que posso fazer?",
    "写一首关于春天的短诗。", "请解释什么是机器学习，并举一个例子。", "把下面的句子翻译成英文：我明天去北京。",
    "東京で週末にできることを五つ教えてください。", "この関数のバグを直してください。", "カタカナとひらがなと漢字",
    "한국어로 인사말을 써 주세요.", "Напиши короткое письмо учителю.", "اكتب رسالة قصيرة", "שלום עולם",
    "नमस्ते दुनिया", "Zażółć gęślą jaźń", "Çocuklar için bir masal yaz", "Xin chào thế giới",
    "😀", "party time 🎉🎂 suggestions?", "👩‍👩‍👧‍👦 family", "flag 🇯🇵 and heart ❤️",
    "ＡＢＣ　１２３　ｆｕｌｌ　ｗｉｄｔｈ", "ﾊﾝｶｸ ｶﾀｶﾅ", "ﬁne ﬂuffy oﬃce", "x² + y³ = ½", "①②③ ㎏ ℃ Ⅳ",
    "non\u00a0breaking\u2003em\u2009thin\u202fnarrow", "ideographic\u3000space", "tab\tseparated\tvalues",
    "line one\nline two\n\nline four", "windows\r\nline\r\nbreaks", "zero\u200bwidth\u200djoiner",
    "e\u0301 combining and é composed", "soft\u00adhyphen", "\ufeffbyte order mark",
    "“smart quotes” — and ‘dashes’ – …", "∑ ∫ √ ≤ ≥ ≠ ∞ π", "→ ⇒ ↔ ✓ ✗ ★", "$100, €50, £20, ¥1000",
    "snake_case camelCase PascalCase kebab-case", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!!!???!!!",
    "under▁score block", "<0x41> looks like a byte piece", "<unk> <pad>", "a b c d e f g h i j k l m n o p",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝒎𝒂𝒕𝒉", "𠮷野家で牛丼を食べる", "ｶﾞｷﾞｸﾞ", "Ω Å K",
)

LONG_TEXT = "Compare these notes and say which plan is cheaper. " + " ".join(
    f"Note {number}: the workshop in room {number * 7} needs {number} tables and costs {number * 35} euros."
    for number in range(1, 41)
)


def write(folder: Path, tokenizer: Tokenizer, runtime: Runtime, model: Path) -> None:
    """tokenizer_cases.json (uncut ids) and logits_cases.json (int8 graph, each text run alone)."""
    texts = [*TEXTS, LONG_TEXT]
    cases = [{"text": text, "ids": tokenizer.encode(text)} for text in texts]
    _save(folder / "tokenizer_cases.json", cases)
    chosen = [text for text in texts if len(text) > 20]
    logits = runtime.logits(model, [tokenizer.encode_for_model(text) for text in chosen])
    answers = [{"text": text, "logits": [round(float(value), 5) for value in row]} for text, row in zip(chosen, logits)]
    _save(folder / "logits_cases.json", answers)
    # The service runs these before it lets the model answer anybody.
    _save(model.parent / "checks.json", answers)


def _save(path: Path, cases: list[dict[str, object]]) -> None:
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")

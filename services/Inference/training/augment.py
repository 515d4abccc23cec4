"""Small changes of a prompt that keep its labels, so that the model does not lean on the surface."""

from __future__ import annotations

import random


def augment(text: str, dice: random.Random) -> str:
    """The text, in about half of the cases with one or two changes."""
    for change, chance in ((_case, 0.15), (_unpunctuate, 0.12), (_mistype, 0.15), (_truncate, 0.08)):
        if dice.random() < chance:
            text = change(text, dice)
    return text


def _case(text: str, dice: random.Random) -> str:
    return text.upper() if dice.random() < 0.1 else text.lower()


def _unpunctuate(text: str, dice: random.Random) -> str:
    """Without its last mark, or without most marks at all."""
    if dice.random() < 0.5:
        return text.rstrip("?.!:") or text
    return "".join(mark for mark in text if mark not in ",.;:!?'\"") or text


def _mistype(text: str, dice: random.Random) -> str:
    """About one slip in forty characters: a swap, a loss or a doubling."""
    letters = list(text)
    for _ in range(max(1, len(letters) // 40)):
        place = dice.randrange(len(letters))
        slip = dice.randrange(3)
        if not letters[place].isalpha():
            continue
        if slip == 0 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif slip == 1:
            letters[place] = ""
        else:
            letters[place] *= 2
    return "".join(letters) or text


def _truncate(text: str, dice: random.Random) -> str:
    """Without the end of a long text: the request mostly stands at the start."""
    words = text.split(" ")
    if len(words) < 24:
        return text
    return " ".join(words[: dice.randint(len(words) // 2, len(words))])

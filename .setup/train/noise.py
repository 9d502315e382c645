"""Comments as hurried people type them: without capitals, marks and accents, with letters that changed places."""

import random
import unicodedata

_MARKS = ".,!?;:،؟。，！"
_UNTOUCHED = 0.35


def noisy(text: str, chance: random.Random) -> str:
    """The text, or something like it that somebody might have typed."""
    if chance.random() < _UNTOUCHED:
        return text
    if chance.random() < 0.4:
        text = text.lower()
    if chance.random() < 0.4:
        text = "".join(sign for sign in text if sign not in _MARKS)
    if chance.random() < 0.15:
        text = _without_accents(text)
    signs = list(text)
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3]) if len(signs) > 8 else 0):
        _slip(signs, text, chance)
    return "".join(signs)


def _slip(signs: list[str], text: str, chance: random.Random) -> None:
    at, kind = chance.randrange(1, len(signs) - 1), chance.random()
    if not signs[at].isalpha():
        return
    if kind < 0.3:
        del signs[at]
    elif kind < 0.55:
        signs[at], signs[at - 1] = signs[at - 1], signs[at]
    elif kind < 0.75:
        signs.insert(at, signs[at])
    else:
        signs[at] = chance.choice([sign for sign in text if sign.isalpha()])


def _without_accents(text: str) -> str:
    # In Indic scripts the marks are vowels.
    if any("\u0900" <= sign <= "\u0dff" for sign in text):
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))

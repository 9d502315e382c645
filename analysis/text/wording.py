"""Runs of letters in a text, and the script each is written in."""

import re
import unicodedata
from functools import lru_cache

#: A run of letters with their marks and joiners, or of Chinese characters; an apostrophe only between Cyrillic
#: letters, where it is one.
RUN = re.compile(
    r"[\u3400-\u9fff]+|(?![\u3400-\u9fff])[^\W\d_](?:(?![\u3400-\u9fff])[^\W\d_]"
    r"|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff]"
    r"|[\u200c\u200d](?=[^\W\d_])|(?<=[\u0400-\u052f])['’ʼ`](?=[\u0400-\u052f]))*"
)
_BLOCKS = (
    (0x0250, "Latn"),
    (0x0400, "Grek"),
    (0x0530, "Cyrl"),
    (0x0600, "Othe"),
    (0x0780, "Arab"),
    (0x0900, "Othe"),
    (0x0980, "Deva"),
    (0x0A00, "Beng"),
    (0x0A80, "Guru"),
    (0x1100, "Othe"),
    (0x1200, "Hang"),
    (0x1400, "Ethi"),
    (0x1E00, "Othe"),
    (0x1F00, "Latn"),
    (0x2000, "Grek"),
    (0x3400, "Othe"),
    (0xA000, "Hani"),
    (0xAC00, "Othe"),
    (0xD7B0, "Hang"),
    (0xFB50, "Othe"),
    (0xFF00, "Arab"),
)


@lru_cache(maxsize=4096)
def script_of_sign(sign: str) -> str:
    """ISO 15924 code of a letter's script, "Othe" for those that no language of ours is written in."""
    code = ord(sign)
    return next((script for end, script in _BLOCKS if code < end), "Hani" if 0x20000 <= code < 0x32000 else "Othe")


def script_of(word: str) -> str:
    """The script of a word, by its first letter."""
    return script_of_sign(word[0]) if word else "Othe"


def letters_of(text: str) -> int:
    """How many letters a text has."""
    return sum(unicodedata.category(sign)[0] == "L" for sign in text)


def base_of(tag: str) -> str:
    """The language of a BCP 47 tag, without script and region: "zh" of "zh-Hans"; "fil" is "tl"."""
    base = tag.partition("-")[0].lower()
    return "tl" if base == "fil" else base

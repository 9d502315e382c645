"""What languages stick to names: case endings, articles and prepositions written in one word with them."""

from collections.abc import Iterator, Sequence

from analysis.name_words import spellings

#: Endings that stand on Latin names without an apostrophe, by language.
_ENDINGS = {
    "en": ("s",),
    "de": ("s",),
    "tr": ("in", "un", "nin", "nun", "e", "a", "i", "u", "ye", "ya", "yi", "yu", "le", "la", "den", "dan", "de", "da"),
    "pl": ("owi", "iem", "em", "ie", "a", "y", "e", "u", "i", "o"),
    "ro": ("ului", "ei", "ul", "a", "ii", "i"),
    "so": ("na", "se", "ba"),
}
_ARABIC_CLITICS = ("وبال", "وال", "بال", "لل", "ال", "ول", "وب", "فال", "و", "ف", "ب", "ل", "ك")
_HANGUL_PARTICLES = (
    "한테서",
    "에게서",
    "한테",
    "에게",
    "이랑",
    "이가",
    "이는",
    "이를",
    "이의",
    "이도",
    "하고",
    "랑",
    "가",
    "는",
    "은",
    "을",
    "를",
    "이",
    "의",
    "도",
    "와",
    "과",
    "야",
    "아",
    "네",
)
_ETHIOPIC = ("የ", "ለ", "በ", "ከ", "እነ")
_BENGALI = ("এর", "ের", "র", "কে", "রা", "দের", "তে")


def forms_of(word: str, script: str, base: str) -> Iterator[str]:
    """The word, and what is left of it without the endings and little words that its language sticks to it."""
    yield from spellings(word)
    if script == "Arab":
        yield from _without(word, _ARABIC_CLITICS, 3, front=True)
    elif script == "Hang":
        yield from _without(word, _HANGUL_PARTICLES, 2)
    elif script == "Ethi":
        yield from _without(word, _ETHIOPIC, 2, front=True)
        yield from _without(word, ("ን", "ና"), 2)
    elif script == "Beng":
        yield from _without(word, _BENGALI, 3)
    elif script == "Latn":
        yield from _without(word, _ENDINGS.get(base, ()), 4)


def _without(word: str, parts: Sequence[str], shortest: int, *, front: bool = False) -> Iterator[str]:
    for part in parts:
        left = word.removeprefix(part) if front else word.removesuffix(part)
        if left != word and len(left) >= shortest:
            yield left

"""Words of names, as a school's list holds them and as children spell them. Pure, and light enough for pages.

A list is of words, never of people: a full name falls into its words, which are sorted apart.
"""

import re
import unicodedata
from collections.abc import Iterator

#: Words of one letter say nothing, and no name is longer.
SHORTEST, LONGEST = 2, 40
#: Shorter words have too many neighbours to be looked for with one letter wrong.
SHORTEST_MISSPELT = 5

# Marks count as parts of a word: vowel signs of Hindi, Arabic and Bengali are marks.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31-\u0e4e\u200c\u200d'’ʼ`])*"
)
_APOSTROPHES = re.compile(r"['’ʼ`]")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("یې", "ي"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ہھۀەة", "ه"),
        "ؤ": "و",
        "ئ": "ي",
        "ـ": "",
        "ё": "е",
        "ґ": "г",
        "đ": "d",
        "ł": "l",
        "ø": "o",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "\u200c": "",
        "\u200d": "",
    }
)
_CYRILLIC_ENDINGS = (
    *(
        "ового",
        "ському",
        "ською",
        "ский",
        "ськ",
        "ого",
        "ому",
        "ової",
        "ой",
        "ою",
        "ею",
        "єю",
        "ей",
        "ем",
        "єм",
        "ом",
        "ов",
        "ові",
        "еві",
        "єві",
    ),
    *("ій", "ий", "ый", "им", "ым", "ам", "ах", "а", "я", "о", "е", "є", "и", "і", "ї", "у", "ю", "ы", "й", "ь"),
)
_SOFTENED = {"з": "г", "ц": "к", "с": "х", "ж": "г", "ч": "к"}


def fold(word: str) -> str:
    """One spelling for all ways to write a word: no capitals, no accents on Latin letters, one form of Arabic ones."""
    plain = []
    base = ""
    for sign in unicodedata.normalize("NFKD", word.casefold()):
        if not unicodedata.combining(sign):
            base = sign
        # A breve makes another letter of a Cyrillic one, and a vowel sign of Hindi is a letter of its own.
        elif base < "\u0370" or "\u0600" <= base < "\u0780":
            continue
        plain.append(sign)
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", "".join(plain)).translate(_LETTERS))


#: Parts of names that are no name alone.
_PARTICLES = frozenset(
    {
        *("de", "da", "do", "dos", "das", "del", "di", "du", "la", "le", "van", "von", "der", "den", "st", "ter"),
        *("bin", "ibn", "bint", "al", "el", "ul", "ud", "abu", "abd", "umm"),
        *("الدين", "الله", "عبد", "ابو", "ام", "بن", "ابن", "بنت", "ال", "دين", "الرحمن"),
    }
)


def words_of(text: str) -> list[str]:
    """The name words in a list, folded, each once, sorted, so that nobody sees which of them stood together.

    Of words with accents also how they are spelt, since in Vietnamese Trâm is a name and Trạm is a stop.
    """
    found = {form for word in _WORD.findall(text) for form in (fold(word), spelt(word))} - _PARTICLES
    return sorted(word for word in found if SHORTEST <= len(word) <= LONGEST or (word and is_han(word[0])))


def spelt(word: str) -> str:
    """The word in small letters, with its accents."""
    return unicodedata.normalize("NFC", word.casefold())


def spellings(word: str) -> Iterator[str]:
    """A folded word as it is, and without the endings that languages put on it: Оленою and Олени are one name."""
    yield word
    if not "\u0400" <= word[-1:] < "\u0530":
        return
    for ending in _CYRILLIC_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            if ending in {"і", "е"} and stem[-1] in _SOFTENED:
                yield stem[:-1] + _SOFTENED[stem[-1]]


def one_letter_off(word: str) -> set[str]:
    """Keys that two folded words share if one letter is missing, added, wrong or swapped with the next one.

    They are the word with any one letter left out (Garbe's symmetric deletes), so that a list of sealed words can be
    asked without trying every letter of every alphabet.
    """
    if len(word) < SHORTEST_MISSPELT or is_han(word[0]):
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def is_han(sign: str) -> bool:
    """Whether it is a Chinese character, which is a word or half of one."""
    return "\u3400" <= sign <= "\u9fff"

"""Words in a note of staff that may lead to a person. Pure, and light: pages never load `analysis.text`.

Of the public lists that redaction uses only the words are read. This asks a writer to look again; it takes nothing out,
and it is no match for `analysis.text.redaction`, which what pupils and families write goes through. Chinese names, and
names on no list that nothing stands beside, are not found.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from analysis.name_words import fold

_LISTS = Path(__file__).parent / "text" / "lexicons"
#: Languages in which staff write here: what is an everyday word of theirs is no name at the beginning of a sentence.
_STAFF_WRITE = ("en", "es", "ar")
#: Marks of the lists: an everyday word too; nobody has looked. A word that is surely a name has none.
_IS_A_WORD, _NOT_LOOKED_AT = "?", "~"
_WEIGHS = {_NOT_LOOKED_AT: 0, "": 1, _IS_A_WORD: 2}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670]|['’](?=[^\W\d_]))*")
_OWNS = re.compile(r"['’]s$")
_ENDS = re.compile(r"[.!?…:;\n؟•*]\s*$|^\s*$")
_CLASS_BEHIND = re.compile(r"\s?[,،(]\s?\d{1,2}\s?[-/]?\s?[^\W\d_]\d?(?!\w)")
_TITLE_WORDS = """
mr mrs ms miss mister dr prof professor sir madam señor señora sr sra srta señorita don doña profe profesor
profesora maestro maestra السيد السيدة الأستاذ الأستاذة استاذ استاذة المعلم المعلمة معلمة معلم الدكتور الدكتورة
الطالب الطالبة التلميذ التلميذة مستر مسز ميس
"""
_TITLES = frozenset(map(fold, _TITLE_WORDS.split()))
_NAMING_WORDS = """
called named llama llamado llamada اسمه اسمها واسمه واسمها يدعى تدعى
"""
_NAMING = frozenset(map(fold, _NAMING_WORDS.split()))
_JOINED_TO_ARABIC = "وفبلك"
_SHORTEST_SMALL = 4
#: What leads to a person by its shape: addresses of e-mail, telephone numbers and numbers of pupils.
_SHAPES = (
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    re.compile(r"(?<![\w@])@[A-Za-z_][\w.]{2,30}"),
    re.compile(r"(?<![\d.,/-])\+?\d(?:[ ().-]{0,2}\d){6,14}(?![\d/-])"),
)
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word where it stands. `leads`: first of a sentence. `owns`: with 's behind it."""

    start: int
    end: int
    folded: str
    capital: bool
    leads: bool
    owns: bool
    arabic: bool


def name_hints(text: str) -> tuple[str, ...]:
    """What in `text` may be a person's name, address or number, as it stands there, each once, in order."""
    spans = [*_by_shape(text), *_by_name(text)]
    return tuple(dict.fromkeys(text[start:end] for start, end in sorted(spans)))


def is_listed(word: str) -> bool:
    """Whether a word is on a public list of names and is no everyday word of staff's languages."""
    return _public().get(fold(word), _IS_A_WORD) != _IS_A_WORD and fold(word) not in _everyday()


def _by_shape(text: str) -> Iterator[tuple[int, int]]:
    without_dates = _DATE.sub(lambda date: "x" * len(date[0]), text)
    for pattern in _SHAPES:
        yield from (found.span() for found in pattern.finditer(without_dates))


def _by_name(text: str) -> Iterator[tuple[int, int]]:
    words = [_word(text, found) for found in _WORD.finditer(text)]
    taken = -1
    for at, word in enumerate(words):
        follows_name = taken == at - 1 and taken >= 0 and text[words[taken].end : word.start] == " "
        if _is_name(text, words, at) or (follows_name and word.capital and not _is_plain(word.folded)):
            taken = at
            yield word.start, word.end


def _word(text: str, found: re.Match[str]) -> _Word:
    owns = _OWNS.search(found[0]) is not None
    end = found.end() - (2 if owns else 0)
    said = text[found.start() : end]
    leads = _ENDS.search(text, max(found.start() - 3, 0), found.start()) is not None
    return _Word(found.start(), end, fold(said), said[:1].isupper(), leads, owns, bool(_ARABIC.match(said)))


def _is_name(text: str, words: list[_Word], at: int) -> bool:
    word = words[at]
    before = words[at - 1].folded if at else ""
    if _has_cue(before, word):
        return True
    if word.folded in _no_names():
        return False
    if word.arabic:
        return any(is_listed(form) for form in _without_joined(word.folded))
    if word.capital:
        return _is_capital_name(text, words, at)
    # Many type without capitals; short words are too often other words.
    sure = _public().get(word.folded) == "" and len(word.folded) >= _SHORTEST_SMALL
    return sure and word.folded not in _everyday()


def _has_cue(before: str, word: _Word) -> bool:
    """Whether a title or "called" stands before a word that may be a name."""
    if before not in _TITLES and before not in _NAMING:
        return False
    return word.folded in _public() if word.arabic else word.capital and word.folded not in _TITLES


def _is_capital_name(text: str, words: list[_Word], at: int) -> bool:
    word = words[at]
    if _CLASS_BEHIND.match(text, word.end) and not _is_plain(word.folded):
        return True
    if word.folded not in _public():
        return False
    if not word.leads or word.owns or (is_listed(word.folded) and len(word.folded) > 2):
        return True
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.capital and after.start - word.end == 1 and after.folded in _public()


def _is_plain(word: str) -> bool:
    return word in _no_names() or word in _everyday_words()


def _without_joined(word: str) -> Iterator[str]:
    yield word
    if word[0] in _JOINED_TO_ARABIC and len(word) >= _SHORTEST_SMALL:
        yield word[1:]


@cache
def _public() -> Mapping[str, str]:
    """Every folded word of the public lists with its mark."""
    found: dict[str, str] = {}
    for path in sorted((_LISTS / "names").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, mark = line.partition(" ")
            folded = fold(word)
            # That somebody says it surely is a name outweighs that nobody has looked; that it is a word, both.
            found[folded] = max(mark, found.get(folded, mark), key=_WEIGHS.__getitem__)
    return MappingProxyType(found)


@cache
def _everyday_words() -> frozenset[str]:
    """The folded everyday words of the languages in which staff write."""
    paths = (_LISTS / "words" / f"{language}.txt" for language in _STAFF_WRITE)
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(fold(line.rpartition(" ")[0]) for line in lines)


@cache
def _everyday() -> frozenset[str]:
    """Those of them that are on a list of names as well."""
    return frozenset(word for word in _everyday_words() if word in _public())


@cache
def _no_names() -> frozenset[str]:
    """Folded words with a capital that are no person's: countries, months, subjects, brands."""
    files = (_LISTS / "not_names.txt", *(_LISTS / "not_names" / f"{language}.txt" for language in _STAFF_WRITE))
    return frozenset(fold(word) for path in files for word in path.read_text(encoding="utf-8").split())

"""Names in running text: which words are some person's name, told from the school's list, public lists and neighbours.

A word of the school's own list is a name wherever it stands, small letters and all. One that is an everyday word too
(Hope, Rose, Roman) is a name only with a cue beside it, or with a capital inside a sentence. Public lists count for
less, and a word on no list is a name only beside a title or "my name is".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.name_words import SHORTEST_MISSPELT, fold, spellings
from analysis.text.lexicon import (
    IS_A_WORD,
    NOT_LOOKED_AT,
    accented_names,
    common,
    cues,
    everyday,
    months,
    names,
    not_names,
    word_key,
)
from analysis.text.name_lists import NO_NAMES, NameWords, Span
from analysis.text.wording import RUN, base_of, script_of

_CASED = frozenset({"Latn", "Cyrl", "Grek"})
#: Between a cue and a name, and between the words of one name.
_NEAR = re.compile(r"[ \t.:,'’\"“”„«»()\-]{1,3}|")
_JOINED = re.compile(r"[ \-]|\. ")
_ENDS = re.compile(r"[.!?…:;\n。！？،۔।•*\[\]\U0001f000-\U0001faff]")
_PARTICLES = frozenset(
    {"van", "von", "den", "der", "de", "del", "da", "dos", "di", "al", "el", "bin", "bint", "ibn", "abu", "le", "la"}
)
_LONGEST_CUE, _LONGEST_NAME = 5, 5
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


@dataclass(frozen=True, slots=True)
class _Word:
    """A word where it stands. `leads`: first of a sentence. `is_capital`: and that says something here."""

    start: int
    end: int
    folded: str
    spelt: str
    script: str
    leads: bool
    is_capital: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lists say of a word: on the school's (or nearly), on a public one (and with which mark), and whether it
    is an everyday word, a very common one, or the name of a place, a month or a brand."""

    listed: bool
    nearly: bool
    is_public: bool
    public: str
    ordinary: bool
    common: bool
    no_person: bool


class NameFinder:
    """Finds names in texts of one language (BCP 47, "und" if unknown), with the school's list."""

    def __init__(self, language: str, school: NameWords = NO_NAMES) -> None:
        self._base = base_of(language)
        self._school = school
        self._cues = cues(self._base)
        # One for each finder, so that a school's words are not kept when it is done with.
        self._known = lru_cache(maxsize=1 << 16)(self._ask)

    def find(self, text: str) -> list[Span]:
        """Start and end of each name; the words of a full name are one."""
        words = _words_in(text, self._base)
        cued = self._cued(text, words)
        found = {at for at, word in enumerate(words) if self._is_name(word, cued.get(at, ""))}
        self._widen(text, words, found)
        return _spans(text, words, found)

    def _cued(self, text: str, words: Sequence[_Word]) -> dict[int, str]:
        strongest: dict[int, str] = {at: "title" for at in range(len(words)) if _has_title(text, words, at)}
        for at in range(len(words)):
            for size in range(1, _LONGEST_CUE):
                if at + size > len(words) or (size > 1 and not _are_near(text, words, at + size - 2)):
                    break
                cue = tuple(word.folded for word in words[at : at + size])
                for place, beside, gap in (("before", at + size, at + size - 1), ("after", at - 1, at - 1)):
                    strength = self._cues.get((place, *cue))
                    if strength and 0 <= beside < len(words) and _are_near(text, words, gap):
                        strongest[beside] = max(strength, strongest.get(beside, ""), key=_STRENGTHS.__getitem__)
        return strongest

    def _is_name(self, word: _Word, cue: str) -> bool:
        known = self._known(word.folded, word.spelt, word.script)
        # German gives a capital to every noun.
        capital = word.is_capital and not (word.leads or self._base == "de")
        if known.listed:
            return self._is_on_the_list(word, known, cue, capital=capital)
        if known.is_public:
            return self._is_public(word, known, cue, capital=capital)
        if known.ordinary or len(word.folded) < 2:
            return False
        if known.nearly and (capital or cue or len(word.folded) > SHORTEST_MISSPELT):
            return True
        if cue in {"formal", "naming"}:
            return len(word.folded) > 2 or word.is_capital
        return cue in {"title", "role"} and capital

    def _is_on_the_list(self, word: _Word, known: _Known, cue: str, *, capital: bool) -> bool:
        if cue in {"formal", "naming"}:
            return True
        if known.ordinary:
            may_lead = word.is_capital and self._base != "de" and not known.common
            return (
                capital
                or may_lead
                or (cue == "title" and word.is_capital)
                or (cue in _BESIDE_PEOPLE and not known.common)
            )
        return len(word.folded) > 2 or bool(cue) or word.is_capital or word.script not in _CASED

    def _is_public(self, word: _Word, known: _Known, cue: str, *, capital: bool) -> bool:
        has_capital = word.is_capital or word.script not in _CASED
        if cue in {"formal", "naming"}:
            return word.is_capital or not known.common
        if known.ordinary:
            is_cued = cue == "title" and has_capital and not known.common
            return is_cued or (capital and not known.no_person and (known.public == IS_A_WORD or cue == "role"))
        if known.public == NOT_LOOKED_AT:
            return capital or (bool(cue) and has_capital)
        # In Vietnamese nearly every syllable is a name and a word.
        return (len(word.folded) > 3 and self._base != "vi") or bool(cue) or has_capital

    def _widen(self, text: str, words: Sequence[_Word], found: set[int]) -> None:
        """Surnames and first names that stand beside a found one, and the small words between: De la Cruz."""
        for at in sorted(found):
            for step in (1, -1):
                beside = at + step
                while 0 <= beside < len(words) and beside not in found and abs(beside - at) < _LONGEST_NAME:
                    if not _are_joined(text, words, min(beside, beside - step)) or not self._belongs(
                        words[beside], step
                    ):
                        break
                    found.add(beside)
                    beside += step
            self._lead(text, words, found, at)

    def _lead(self, text: str, words: Sequence[_Word], found: set[int], at: int) -> None:
        first = at
        while first > 0 and words[first - 1].folded in _PARTICLES and _are_joined(text, words, first - 1):
            first -= 1
        if first < at and words[first].is_capital and not words[first].leads:
            found.update(range(first, at))

    def _belongs(self, word: _Word, step: int) -> bool:
        known = self._known(word.folded, word.spelt, word.script)
        capital = word.is_capital and self._base != "de"
        if known.listed or known.is_public:
            if known.ordinary:
                return word.is_capital and not known.no_person and not (known.common and word.leads)
            return word.is_capital or word.script not in _CASED or known.public == ""
        is_cue = ("before", word.folded) in self._cues or ("after", word.folded) in self._cues
        return capital and not (known.ordinary or is_cue or (step < 0 and word.leads))

    def _ask(self, word: str, spelt: str, script: str) -> _Known:
        public = names().get(script, {})
        key = spelt if self._base == "vi" and not spelt.isascii() else word
        # English words come in all languages that are written like it; in German they begin like names.
        everyday_here = key in everyday(self._base) or (
            script == "Latn" and self._base != "de" and word in everyday("en")
        )
        forms = [key] if everyday_here or key != word else list(_forms(word, script, self._base))
        listed = any(self._school.holds(form) for form in forms)
        no_person = word in months() if listed else word in not_names()
        marks = [public[form] for form in (word, *forms) if form in public]
        # Vietnamese with its accents is another word with other ones: trạm is no Trâm.
        is_public = bool(marks) and (key == word or key in accented_names())
        known = everyday_here or listed or is_public or no_person
        nearly = not known and key == word and self._school.nearly_holds(word)
        return _Known(
            listed=listed,
            nearly=nearly,
            is_public=is_public,
            public=marks[0] if marks else "",
            ordinary=everyday_here or no_person,
            common=key in common(self._base),
            no_person=no_person,
        )


#: What stands beside people: not every word with a capital there is a name, but every name of the list.
_BESIDE_PEOPLE = frozenset({"title", "role", "deed"})
_STRENGTHS = {"": 0, "link": 1, "deed": 2, "role": 3, "title": 4, "naming": 5, "formal": 6}


def _forms(word: str, script: str, base: str) -> Iterator[str]:
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


def _words_in(text: str, base: str) -> list[_Word]:
    runs = [run for run in RUN.finditer(text) if not _is_mark(text, run.start(), run.end())]
    inside = [run[0] for at, run in enumerate(runs) if at and run[0][:1].upper() != run[0][:1].lower()]
    capitals = sum(word[:1].isupper() for word in inside)
    # Where nearly everything has a capital, a capital says nothing; German gives one to every noun.
    loud = len(inside) > 2 and capitals > len(inside) * (0.75 if base == "de" else 0.6)
    words: list[_Word] = []
    last = 0
    for run in runs:
        leads = not words or _ENDS.search(text, last, run.start()) is not None
        capital = run[0][:1].isupper() and not loud
        spelt = word_key(run[0], "vi")
        words.append(_Word(run.start(), run.end(), fold(run[0]), spelt, script_of(run[0]), leads, capital))
        last = run.end()
    return words


def _has_title(text: str, words: Sequence[_Word], at: int) -> bool:
    """Whether an initial stands before a word, as in "T. Shevchenko", or a Chinese title behind it: Tan老师."""
    initial = (
        at > 0
        and words[at - 1].is_capital
        and text[words[at - 1].end - 1 : words[at].start] in _initials(text, words[at - 1])
    )
    behind = text[words[at].end : words[at].end + 2]
    return initial or behind in {"老师", "老師", "同学", "同學", "先生", "阿姨", "叔叔"}


def _initials(text: str, word: _Word) -> set[str]:
    return {text[word.start] + ". ", text[word.start] + "."} if word.end - word.start == 1 else set()


def _is_mark(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "[" and text[end : end + 1] == "]"


def _are_near(text: str, words: Sequence[_Word], at: int) -> bool:
    return _NEAR.fullmatch(text, words[at].end, words[at + 1].start) is not None


def _are_joined(text: str, words: Sequence[_Word], at: int) -> bool:
    return _JOINED.fullmatch(text, words[at].end, words[at + 1].start) is not None


def _spans(text: str, words: Sequence[_Word], found: set[int]) -> list[Span]:
    spans: list[Span] = []
    last = -2
    for at in sorted(found):
        particle = at - last == 2 and words[at - 1].folded in _PARTICLES
        if spans and (at - last == 1 or particle) and all(_are_joined(text, words, each) for each in range(last, at)):
            spans[-1] = (spans[-1][0], words[at].end)
        else:
            spans.append((words[at].start, words[at].end))
        last = at
    return spans

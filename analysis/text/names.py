"""Names in running text: which words are some person's name, told from the school's list, public lists and neighbours.

A word of the school's own list is a name wherever it stands, small letters and all. One that is an everyday word too
(Hope, Rose, Roman) is a name only with a cue beside it, or with a capital inside a sentence. Public lists count for
less, and a word on no list is a name only beside a title or "my name is".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.name_words import SHORTEST_MISSPELT
from analysis.text.affixes import forms_of
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
    unaccented,
    written,
)
from analysis.text.name_lists import NO_NAMES, NameWords, Span
from analysis.text.seen_words import Word, are_joined, are_near, has_title, words_in
from analysis.text.wording import base_of

_CASED = frozenset({"Latn", "Cyrl", "Grek"})
_PARTICLES = frozenset(
    {"van", "von", "den", "der", "de", "del", "da", "dos", "di", "al", "el", "bin", "bint", "ibn", "abu", "le", "la"}
)
#: Languages without capitals in which most names are words, so that the public list alone says little.
_NAMES_ARE_WORDS = frozenset({"ar", "hi", "ur", "fa", "bn", "pa", "und"})
_LONGEST_CUE, _LONGEST_NAME = 5, 5


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lists say of a word: on the school's (or nearly), on a public one (and with which mark), and whether it
    is an everyday word, a very common one, or the name of a place, a month or a brand."""

    listed: bool
    nearly: bool
    is_public: bool
    public: str
    ordinary: bool
    written: bool
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
        words = words_in(text, self._base)
        cued = self._cued(text, words)
        found = {at for at, word in enumerate(words) if self._is_name(word, cued.get(at, ""))}
        self._widen(text, words, found)
        return _spans(text, words, found)

    def _cued(self, text: str, words: Sequence[Word]) -> dict[int, str]:
        strongest: dict[int, str] = {at: "title" for at in range(len(words)) if has_title(text, words, at)}
        for at in range(len(words)):
            for size in range(1, _LONGEST_CUE):
                if at + size > len(words) or (size > 1 and not are_near(text, words, at + size - 2)):
                    break
                cue = tuple(word.folded for word in words[at : at + size])
                for place, beside, gap in (("before", at + size, at + size - 1), ("after", at - 1, at - 1)):
                    strength = self._cues.get((place, *cue))
                    if strength and 0 <= beside < len(words) and are_near(text, words, gap):
                        strongest[beside] = max(strength, strongest.get(beside, ""), key=_STRENGTHS.__getitem__)
        return strongest

    def _is_name(self, word: Word, cue: str) -> bool:
        known = self._known(word.folded, word.spelt, word.script)
        # German gives a capital to every noun.
        capital = word.is_capital and not (word.leads or self._base == "de")
        # English and Vietnamese, the languages, are Anh and Việt, who are many people too.
        capital = capital and not (self._base == "vi" and known.common)
        if known.listed:
            return self._is_on_the_list(word, known, cue, capital=capital)
        if cue == "no":
            return False
        if known.is_public:
            return self._is_public(word, known, cue, capital=capital)
        return not known.ordinary and len(word.folded) > 1 and self._is_unknown_name(word, known, cue, capital=capital)

    def _is_unknown_name(self, word: Word, known: _Known, cue: str, *, capital: bool) -> bool:
        if known.nearly and (capital or cue or len(word.folded) > SHORTEST_MISSPELT):
            return True
        if cue in {"formal", "naming"}:
            return len(word.folded) > 2 or word.is_capital
        return cue in {"title", "role"} and capital

    def _is_on_the_list(self, word: Word, known: _Known, cue: str, *, capital: bool) -> bool:
        if cue in {"formal", "naming"}:
            return True
        if known.ordinary:
            may_lead = word.is_capital and self._base != "de" and not known.common
            # Without capitals to go by: a word that children do not write is rather the name that the school has.
            is_rare = (word.script not in _CASED or (self._base == "vi" and bool(cue))) and not known.written
            return (
                capital
                or may_lead
                or is_rare
                or (cue == "title" and word.is_capital)
                or (cue in _BESIDE_PEOPLE and not known.common)
            )
        return len(word.folded) > 2 or bool(cue) or word.is_capital or word.script not in _CASED

    def _is_public(self, word: Word, known: _Known, cue: str, *, capital: bool) -> bool:
        has_capital = word.is_capital or word.script not in _CASED
        if cue in {"formal", "naming"}:
            return word.is_capital or not known.common
        if known.ordinary:
            is_cued = cue == "title" and has_capital and not known.common
            return is_cued or (capital and not known.no_person and (known.public == IS_A_WORD or cue == "role"))
        if known.public == NOT_LOOKED_AT:
            return capital or (bool(cue) and has_capital)
        if word.script not in _CASED:
            return bool(cue) or self._base not in _NAMES_ARE_WORDS
        # In Vietnamese nearly every syllable is a name and a word.
        return (len(word.folded) > 3 and self._base != "vi") or bool(cue) or word.is_capital

    def _widen(self, text: str, words: Sequence[Word], found: set[int]) -> None:
        """Surnames and first names that stand beside a found one, and the small words between: De la Cruz."""
        for at in sorted(found):
            for step in (1, -1):
                beside = at + step
                while 0 <= beside < len(words) and beside not in found and abs(beside - at) < _LONGEST_NAME:
                    if not are_joined(text, words, min(beside, beside - step)) or not self._belongs(
                        words[beside], step
                    ):
                        break
                    found.add(beside)
                    beside += step
            _add_small_words(text, words, found, at)

    def _belongs(self, word: Word, step: int) -> bool:
        known = self._known(word.folded, word.spelt, word.script)
        capital = word.is_capital and self._base != "de"
        if known.listed or known.is_public:
            if known.ordinary:
                is_after = step > 0 and known.listed
                return word.is_capital and (is_after or not (known.no_person or (known.common and word.leads)))
            return word.is_capital or word.script not in _CASED or known.public == ""
        is_cue = ("before", word.folded) in self._cues or ("after", word.folded) in self._cues
        return capital and not (known.ordinary or is_cue or (step < 0 and word.leads))

    def _ask(self, word: str, spelt: str, script: str) -> _Known:
        public = names().get(script, {})
        key = spelt if self._base == "vi" and not spelt.isascii() else word
        is_written = key in written(self._base)
        # English words come in all languages that are written like it; in German they begin like names.
        everyday_here = key in everyday(self._base) or (
            script == "Latn" and self._base != "de" and word in everyday("en")
        )
        if self._base == "vi" and spelt.isascii():
            everyday_here = is_written = word in unaccented() or word in everyday("en")
        forms = [key] if everyday_here or key != word else list(forms_of(word, script, self._base))
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
            written=is_written,
            common=key in common(self._base),
            no_person=no_person,
        )


#: What stands beside people: not every word with a capital there is a name, but every name of the list.
_BESIDE_PEOPLE = frozenset({"title", "role", "deed"})
#: "no" stands before saints, kings, places and books, whose names lead to nobody.
_STRENGTHS = {"": 0, "link": 1, "deed": 2, "role": 3, "no": 4, "title": 5, "naming": 6, "formal": 7}


def _add_small_words(text: str, words: Sequence[Word], found: set[int], at: int) -> None:
    """What stands before a surname, as in De la Cruz, and what a first one of them leads to: Van den Broeck."""
    first = last = at
    while first > 0 and words[first - 1].folded in _PARTICLES and are_joined(text, words, first - 1):
        first -= 1
    if words[first].is_capital and not words[first].leads:
        found.update(range(first, at))
    while last + 1 < len(words) and words[last + 1].folded in _PARTICLES and are_joined(text, words, last):
        last += 1
    is_name = last > at and last + 1 < len(words) and words[last + 1].is_capital and are_joined(text, words, last)
    if is_name and (words[last].is_capital or words[at].folded in _PARTICLES):
        found.update(range(at, last + 2))


def _spans(text: str, words: Sequence[Word], found: set[int]) -> list[Span]:
    spans: list[Span] = []
    last = -2
    for at in sorted(found):
        particle = at - last == 2 and words[at - 1].folded in _PARTICLES
        if spans and (at - last == 1 or particle) and all(are_joined(text, words, each) for each in range(last, at)):
            spans[-1] = (spans[-1][0], words[at].end)
        else:
            spans.append((words[at].start, words[at].end))
        last = at
    return spans

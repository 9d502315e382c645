"""The words of a text with what can be seen of them: what begins a sentence, and where a capital says something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.name_words import fold, spelt
from analysis.text.wording import RUN, script_of

#: Between a cue and a name, and between the words of one name.
_NEAR = re.compile(r"[ \t.:,'’\"“”„«»()\-]{1,3}|")
_JOINED, _AFTER_INITIAL = re.compile(r"[ \-]"), re.compile(r"[ \-]|\. ?")
_ENDS = re.compile(r"[.!?…:;\n。！？،۔।•*\[\]\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands. `leads`: first of a sentence. `is_capital`: and that says something here."""

    start: int
    end: int
    folded: str
    spelt: str
    script: str
    leads: bool
    is_capital: bool


def words_in(text: str, base: str) -> list[Word]:
    """The words of a text in the language `base`, but for those that are marks of redaction."""
    runs = [run for run in RUN.finditer(text) if not _is_mark(text, run.start(), run.end())]
    inside = [run[0] for at, run in enumerate(runs) if at and run[0][:1].upper() != run[0][:1].lower()]
    capitals = sum(word[:1].isupper() for word in inside)
    # Where nearly everything has a capital, a capital says nothing; German gives one to every noun.
    loud = len(inside) > 2 and capitals > len(inside) * (0.75 if base == "de" else 0.6)
    words: list[Word] = []
    last = 0
    for run in runs:
        leads = not words or _ENDS.search(text, last, run.start()) is not None
        capital = run[0][:1].isupper() and not loud
        accented = spelt(run[0])
        words.append(Word(run.start(), run.end(), fold(run[0]), accented, script_of(run[0]), leads, capital))
        last = run.end()
    return words


def has_title(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether an initial stands before a word, as in "T. Shevchenko", or a Chinese title behind it: Tan老师."""
    initial = (
        at > 0
        and words[at - 1].is_capital
        and text[words[at - 1].end - 1 : words[at].start] in _initials(text, words[at - 1])
    )
    behind = text[words[at].end : words[at].end + 2]
    return initial or behind in {"老师", "老師", "同学", "同學", "先生", "阿姨", "叔叔"}


def _initials(text: str, word: Word) -> set[str]:
    return {text[word.start] + ". ", text[word.start] + "."} if word.end - word.start == 1 else set()


def _is_mark(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "[" and text[end : end + 1] == "]"


def are_near(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a word and the next one stand so close that one is a cue for the other."""
    return _NEAR.fullmatch(text, words[at].end, words[at + 1].start) is not None


def are_joined(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a word and the next one can be one name."""
    # A full stop only behind an initial: J. Okoro.
    gap = _AFTER_INITIAL if words[at].end - words[at].start == 1 else _JOINED
    return gap.fullmatch(text, words[at].end, words[at + 1].start) is not None

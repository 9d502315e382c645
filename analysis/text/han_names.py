"""Names in Chinese text, where no space says where a word begins.

A name is a surname and one or two characters more, or those alone. It is found on the school's list, on a public one,
or by what stands around it: 王老师, 我叫李明, 小红.
"""

import re
from collections.abc import Iterator
from functools import cache

from analysis.text.lexicon import counted_words, cues, names, not_names
from analysis.text.name_lists import NameWords, Span

_RUN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_NAME, _SHORTEST_NAME = 4, 2
_LONGEST_CUE = 4
#: A pair that comes so often in what we wrote is a word, or parts of two.
_ORDINARY, _USUAL = 2, 5
#: Characters that so many words begin or end with that they do not belong to a name beside them.
_AROUND = frozenset(
    "的是我和跟与叫给在让被找但了着过说问像对把喜你他她它们也都就很不有去来上下今昨每天因为所以然后而且还又常会能要想好"
)
_FONDLY = frozenset("小阿老")


def find_han_names(text: str, school: NameWords) -> list[Span]:
    """Start and end of each name in Chinese characters."""
    spans: list[Span] = []
    for run in _RUN.finditer(text):
        spans += _in_run(text, run.start(), run.end(), school)
    return spans


def _in_run(text: str, start: int, end: int, school: NameWords) -> Iterator[Span]:
    at = start
    while at < end:
        size = _name_at(text, start, at, end, school)
        if size:
            yield at, at + size
        at += size or 1


def _name_at(text: str, start: int, at: int, end: int, school: NameWords) -> int:
    """How many characters from `at` on are a name; 0 for none."""
    before, surnames = _cue_before(text, start, at), _surnames()
    for size in range(min(_LONGEST_NAME, end - at), _SHORTEST_NAME - 1, -1):
        word = text[at : at + size]
        cued = bool(before) or _cue_after(text, at + size, end)
        if word in not_names():
            continue
        if (school.holds(word) or _public().get(word, False)) and (cued or not _is_ordinary(word)):
            return size
        given = word[1:] if word[0] in surnames else ""
        if given and (school.holds(given) or given in _public()) and (cued or not _is_ordinary(word)):
            return size
        if given and size <= 3 and _is_likely(word, before, after=_cue_after(text, at + size, end)):
            return size
    if text[at] in surnames and _cue_after(text, at + 1, end) and _starts_here(text, start, at):
        return 1
    is_fond = at > start and text[at - 1] in _FONDLY and not _is_usual(text[at - 1 : at + 1])
    return int(
        (is_fond and school.holds(text[at])) or (text[at] in surnames and text[at + 1 : at + 4].lower() == "sir")
    )


def _is_likely(word: str, before: str, *, after: bool) -> bool:
    """A surname and what follows it, which no list has: where "my name is" stands before, or a title behind."""
    made_of_names = all(sign in _given_signs() and sign not in _AROUND for sign in word[1:])
    return (before == "naming" or after or before == "role") and made_of_names and not _is_ordinary(word)


def _starts_here(text: str, start: int, at: int) -> bool:
    # 班主任 is a form teacher, and no 主任 called 班.
    if counted_words("zh").get(text[at : at + 2], 0) >= _ORDINARY:
        return False
    if at > start and counted_words("zh").get(text[at - 1 : at + 1], 0) >= _ORDINARY:
        return False
    return (
        at == start
        or text[at - 1] in _AROUND
        or text[at - 1] in _FONDLY
        or text[at - 1 : at + 1] not in counted_words("zh")
    )


def _cue_before(text: str, start: int, at: int) -> str:
    for size in range(_LONGEST_CUE, 0, -1):
        if at - size >= start and (strength := _cues().get(("before", text[at - size : at]))):
            return strength
    return ""


def _cue_after(text: str, at: int, end: int) -> bool:
    return any(at + size <= end and ("after", text[at : at + size]) in _cues() for size in range(_LONGEST_CUE, 1, -1))


def _is_usual(word: str) -> bool:
    # 小时 is an hour; 小明 comes now and then, in exercises.
    return counted_words("zh").get(word, 0) > _USUAL


def _is_ordinary(word: str) -> bool:
    known = counted_words("zh")
    return all(known.get(word[at : at + 2], 0) >= _ORDINARY for at in range(len(word) - 1))


@cache
def _cues() -> dict[tuple[str, str], str]:
    return {(key[0], "".join(key[1:])): strength for key, strength in cues("zh").items() if len(key) == 2}


@cache
def _public() -> dict[str, bool]:
    return {word: mark == "" for word, mark in names().get("Hani", {}).items() if len(word) > 1}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(word for word in names().get("Hani", {}) if len(word) == 1)


@cache
def _given_signs() -> frozenset[str]:
    return frozenset(sign for word in _public() for sign in word)

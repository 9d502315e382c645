"""What a program can see of a translation: that nothing was lost of what is no words, and that it is one at all.

What is `hard` must not be stored; the rest is shown, and a person decides.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from forms.piping import has_stray_brace, piped_questions
from forms.wording import N_

#: Characters that there is room for where a text appears; every other place has room for _LONGEST.
ROOM = {"label": 120, "title": 200, "unit": 40, "why": 400, "hint": 400}
_LONGEST = 2000
#: A translation is rarely so many times as long as its source; short texts may be.
_STRETCH, _SHORT = 2.5, 20
_LINK = re.compile(r"https?://[^\s<>]+|www\.[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.]+")
_GROUPED = re.compile(r"(?<=\d)[.,٬'’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
#: Marks that open a run of one direction, and what ends each.
_OPENS = {**dict.fromkeys("\u2066\u2067\u2068", "\u2069"), **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c")}
_CLOSES = frozenset(_OPENS.values())
#: How Unicode's names of the letters of a language begin; every other language is written in Latin ones.
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ps", "ur", "ckb", "sd", "ug"), ("ARABIC",)),
    **dict.fromkeys(("he", "yi"), ("HEBREW",)),
    **dict.fromkeys(("ru", "uk", "bg"), ("CYRILLIC",)),
    **dict.fromkeys(("am", "ti"), ("ETHIOPIC",)),
    **dict.fromkeys(("hi", "ne", "mr"), ("DEVANAGARI",)),
    "bn": ("BENGALI",),
    "pa": ("GURMUKHI",),
    "ta": ("TAMIL",),
    "gu": ("GUJARATI",),
    "ko": ("HANGUL", "CJK"),
    "zh": ("CJK",),
    "ja": ("HIRAGANA", "KATAKANA", "CJK"),
    "th": ("THAI",),
    "el": ("GREEK",),
}
_RIGHT_TO_LEFT = ("ARABIC", "HEBREW")

#: What to say for each code of `Found`: what is wrong, and what to do.
SENTENCES: Mapping[str, str] = {
    "blank": N_("Nothing is written here. Write the words in this language."),
    "same": N_("This is the source itself. Translate it, or tick that it stays as it is on purpose."),
    "pipes": N_("Keep every part in curly brackets, such as %(pipe)s. Only the words behind the bar are translated."),
    "brackets": N_("A curly bracket is open or stands alone. Copy the whole part from the source."),
    "numbers": N_("The numbers differ: the source has %(source)s, this has %(words)s. Write the same numbers."),
    "links": N_("An address is missing or changed. Copy it from the source: %(source)s"),
    "marks": N_("A hidden mark for the direction of writing has no end. Write the words anew instead of pasting them."),
    "script": N_("Hardly a letter here is of this language’s script. Write it in the script that its readers know."),
    "too_long": N_("There is room for %(most)s letters here, and this has %(count)s. Say it in fewer words."),
    "long": N_("This is much longer than the source. Look whether it says more than the source does."),
    "lines": N_("The source has another number of lines. Look whether one is missing."),
    "like_another": N_("Another answer of this question has the same words. Make the two differ, as in the source."),
    "glossary": N_("This label has fixed words: “%(ready)s”. Take them, or say why other words are needed here."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something about a translation, by its code in SENTENCES; `values` fill the sentence."""

    code: str
    hard: bool = True
    values: Mapping[str, str] = field(default_factory=dict)


def check(
    source: str,
    words: str,
    language: str,
    *,
    place: str,
    identical: bool = False,
    other_answers: Iterable[str] = (),
    ready: tuple[str, ...] = (),
) -> tuple[Found, ...]:
    """All that is found, the hard first. `place` is the text's `field`; `other_answers` stand beside this label.

    `identical`: it stays as the source has it on purpose. `ready` are the fixed words of a label.
    """
    if not words.strip():
        return (Found("blank"),)
    found = [*_kept(source, words), *_marks(words), *_room(source, words, place)]
    if _plain(words) == _plain(source):
        found += [] if identical or not _letters(source) else [Found("same")]
    else:
        found += _script(words, language)
    found += [Found("like_another") for each in other_answers if _plain(each) == _plain(words)][:1]
    if ready and words not in ready:
        found.append(Found("glossary", values={"ready": ready[0]}))
    return tuple(sorted(found, key=lambda each: not each.hard))


def _kept(source: str, words: str) -> Iterator[Found]:
    """What is no words has to be in both."""
    wanted, there = sorted(piped_questions(source)), sorted(piped_questions(words))
    if wanted != there:
        yield Found("pipes", values={"pipe": f"{{{(wanted or there)[0]}|…}}"})
    elif has_stray_brace(words) and not has_stray_brace(source):
        yield Found("brackets")
    links, same = _LINK.findall(source), _LINK.findall(words)
    if sorted(links) != sorted(same):
        yield Found("links", values={"source": " ".join(links or same)})
    numbers, others = _numbers(source), _numbers(words)
    if numbers != others:
        yield Found("numbers", values={"source": _listed(numbers), "words": _listed(others)})
    if source.strip().count("\n") != words.strip().count("\n"):
        yield Found("lines", hard=False)


def _marks(words: str) -> list[Found]:
    waiting: list[str] = []
    for mark in words:
        if mark in _OPENS:
            waiting.append(_OPENS[mark])
        elif mark in _CLOSES and (not waiting or waiting.pop() != mark):
            return [Found("marks")]
    return [Found("marks")] if waiting else []


def _room(source: str, words: str, place: str) -> list[Found]:
    # Where the source itself takes more room than there is, a translation may as well.
    most = min(_LONGEST, max(ROOM.get(place, _LONGEST), 2 * len(source)))
    if len(words) > most:
        return [Found("too_long", values={"most": str(most), "count": str(len(words))})]
    stretched = len(words) > max(_SHORT, _STRETCH * len(source))
    return [Found("long", hard=False)] if stretched else []


def _script(words: str, language: str) -> list[Found]:
    """Names of tools stay as they are, so one letter in five is enough; where the direction differs, it is a must."""
    wanted = _SCRIPTS.get(language.partition("-")[0], ("LATIN",))
    letters = _letters(words)
    own = sum(unicodedata.name(letter, "").startswith(wanted) for letter in letters)
    if not letters or 5 * own >= len(letters):
        return []
    other_way = any(unicodedata.name(letter, "").startswith(_RIGHT_TO_LEFT) for letter in letters)
    return [Found("script", hard=wanted[0] in _RIGHT_TO_LEFT or other_way)]


def _letters(words: str) -> list[str]:
    """Letters and the signs that go with them, without addresses and names of questions."""
    said = _LINK.sub("", re.sub(r"\{[^|{}]*\|", "", words))
    return [each for each in said if unicodedata.category(each)[0] == "L"]


def _numbers(words: str) -> Counter[str]:
    """The numbers in it, whatever digits and signs they are written with."""
    said = _GROUPED.sub("", _LINK.sub("", re.sub(r"\{[^|{}]*\|", "", words)))
    return Counter(_number(found) for found in _NUMBER.findall(said))


def _number(written: str) -> str:
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else "." for each in written)


def _listed(numbers: Counter[str]) -> str:
    return " ".join(sorted(numbers.elements())) or "–"


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()

"""Clauses: the parts of a comment that each say one thing, in every script, with or without punctuation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.name_words import fold
from analysis.text.language import UNKNOWN, identify, turning_point
from analysis.text.lexicon import FOLDER
from analysis.text.name_lists import Span
from analysis.text.wording import RUN, base_of, letters_of, script_of

#: What ends a clause: the signs of sentences and commas of every script, line ends, dashes and smileys.
_ENDS = re.compile(
    r"[.!?…。！？｡।॥۔؟።၊;；؛፤,，、،፣:：\n|•]+|\s[-–—]+\s|[\U0001f300-\U0001faff\u2600-\u27bf\u2764][\ufe0f\u200d\U0001f300-\U0001faff]*"
)
# A full stop or comma between digits is a number's, and "e.g." is no sentence.
_NO_END = re.compile(r"(?<=\d)[.,:](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\.?)")
#: A clause has at least so many words; a word that joins clauses begins one where both sides have so many.
_LEAST, _LEAST_JOINED = 2, 3
#: Chinese characters that are about a word.
_CHARACTERS_A_WORD = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a clause stands in its text, and in which language it is ("und" where unsure)."""

    start: int
    end: int
    language: str


def clauses(text: str) -> list[Span]:
    """Start and end of each clause, in order, without the signs that end it; one for a text that has no parts.

    Fragments of one word go with the clause before them. An empty text has none.
    """
    parts = [part for piece in _pieces(text) for part in _at_joints(text, piece)]
    found: list[Span] = []
    for start, end in parts:
        if found and (_size(text, start, end) < _LEAST or _size(text, *found[-1]) < _LEAST):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def clauses_in_languages(text: str, among: Sequence[str]) -> list[Clause]:
    """The clauses of a text with the language of each; one that is too short to tell has that of the whole text."""
    whole = identify(text, among)
    told = []
    for clause in clauses(text):
        for start, end in _by_language(text, clause, among):
            own = identify(text[start:end], among)
            told.append(Clause(start, end, whole if own == UNKNOWN else own))
    return told


def _by_language(text: str, clause: Span, among: Sequence[str]) -> Iterator[Span]:
    """One who writes in two languages often puts nothing between them."""
    runs = [run.span() for run in RUN.finditer(text, *clause)]
    turn = turning_point([text[start:end] for start, end in runs], among)
    if turn is None:
        yield clause
    else:
        yield clause[0], runs[turn - 1][1]
        yield runs[turn][0], clause[1]


def _pieces(text: str) -> Iterator[Span]:
    kept = {match.start() for match in _NO_END.finditer(text)}
    start = 0
    for end in _ENDS.finditer(text):
        if end.start() in kept and end.end() - end.start() == 1:
            continue
        yield from _trimmed(text, start, end.start())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = list(RUN.finditer(text, start, end))
    if words:
        piece = text[start:end]
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _at_joints(text: str, piece: Span) -> Iterator[Span]:
    """A piece without punctuation falls apart before "but" and "because", and where the script changes for long."""
    start, end = piece
    runs = [(run.start(), run.end()) for run in RUN.finditer(text, start, end)]
    begin = 0
    for at in range(1, len(runs)):
        joins = fold(text[slice(*runs[at])]) in _joints() and min(at - begin, len(runs) - at - 1) >= _LEAST_JOINED
        if joins or _turns(text, runs, begin, at):
            yield runs[begin][0] if begin else start, runs[at - 1][1]
            begin = at
    yield runs[begin][0] if begin else start, end


def _turns(text: str, runs: Sequence[Span], begin: int, at: int) -> bool:
    """Whether three words of one script are followed by three of another."""
    before, behind = runs[max(begin, at - _LEAST_JOINED) : at], runs[at : at + _LEAST_JOINED]
    if len(before) < _LEAST_JOINED or len(behind) < _LEAST_JOINED:
        return False
    scripts = [{script_of(text[start:end]) for start, end in side} for side in (before, behind)]
    return len(scripts[0]) == len(scripts[1]) == 1 and scripts[0] != scripts[1]


def _size(text: str, start: int, end: int) -> int:
    """How many words; of Chinese, characters by the pair."""
    return sum(
        -(-letters_of(run[0]) // _CHARACTERS_A_WORD) if script_of(run[0]) == "Hani" else 1
        for run in RUN.finditer(text, start, end)
    )


@cache
def _joints() -> frozenset[str]:
    lines = (FOLDER / "joints.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines for word in line.partition("\t")[2].split())


def main_language(found: Sequence[Clause], *, otherwise: str = UNKNOWN) -> str:
    """The language in which most of a comment is written."""
    letters: dict[str, int] = {}
    for clause in found:
        letters[clause.language] = letters.get(clause.language, 0) + clause.end - clause.start
    return max(letters, key=lambda language: (letters[language], base_of(language)), default=otherwise)

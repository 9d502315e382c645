"""What everything here learns from: comments about schools that we wrote ourselves, in analysis/text/corpus/.

themes/<language>.tsv has a theme (or two, joined by "+", the main one first), a mood, a style and a text a line;
concerns/<language>.tsv a label, a kind and a text. Nobody's real words are in there.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from analysis.theme_codes import OTHER

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Example:
    """One comment with what it is about: `themes` as codes (() is "other"), `mood` pos, neg, mixed or none."""

    text: str
    language: str
    themes: tuple[str, ...]
    mood: str
    style: str


@dataclass(frozen=True, slots=True)
class ConcernExample:
    """One comment that a trained adult should read soon (`is_concern`), or that only looks like one."""

    text: str
    language: str
    is_concern: bool
    kind: str


class CorpusBroken(Exception):
    """A line of a corpus file is not as it should be; says which and why."""


def read_examples(folder: Path = CORPUS) -> tuple[Example, ...]:
    """The theme examples of every language, in the order of the files. CorpusBroken names file and line."""
    return tuple(
        Example(text, language, tuple(one for one in themes.split("+") if one != OTHER), mood, style)
        for language, (themes, mood, style, text) in _lines(folder / "themes", 4)
    )


def read_concerns(folder: Path = CORPUS) -> tuple[ConcernExample, ...]:
    """The examples for the reading queue, likewise."""
    return tuple(
        ConcernExample(text, language, label == "disclosure", kind)
        for language, (label, kind, text) in _lines(folder / "concerns", 3)
    )


def digest_of(*examples: Example | ConcernExample) -> str:
    """Sha256, in hex, of what was learned from."""
    rows = [str(one) for one in examples]
    return sha256(json.dumps(rows).encode()).hexdigest()


def _lines(folder: Path, fields: int) -> list[tuple[str, list[str]]]:
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            parts = line.split("\t")
            if len(parts) != fields or not all(parts):
                raise CorpusBroken(f"{path.name}, line {number}: {len(parts)} fields, not {fields}")
            found.append((path.stem, parts))
    return found

"""What a register is: sections of sentences and tables in the language that is spoken, and its JSON and CSV.

The same register makes the page, the PDF and both files, so that none can say more, or something else, than another.
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import StringIO

from sqlalchemy.orm import Session

from feedback.operations.results.export.files import no_formula
from feedback.operations.school import School

#: The structure of the JSON. Another number where a key changes its meaning.
JSON_FORMAT = "voicebox-register/1"


def N_(text: str) -> str:  # noqa: N802 - the name under which Babel finds sentences to translate
    """Mark a sentence for translation and return it as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table: `rows` are as wide as `head`. `id` stays the same in every language."""

    id: str
    heading: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What the index of an audit pack says of a register in one sentence; its figures stand in the section `at`."""

    sentence: str
    at: str


@dataclass(frozen=True, slots=True)
class Register:
    """One register. `missing`: what somebody has to write down before it is whole."""

    name: str
    title: str
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 over everything that it says."""
        return sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


#: Called inside a block that speaks the language it is to be in: session, school, code of this language.
Maker = Callable[[Session, School, str], Register]


def section(id_: str, heading: str, *sentences: str) -> Section:
    """A section without a table."""
    return Section(id_, heading, sentences)


def register_json(register: Register, language: str) -> bytes:
    """For programs; texts are in `language`, keys in English."""
    sections = [
        {
            "id": each.id,
            "heading": each.heading,
            "sentences": list(each.sentences),
            "rows": [dict(zip(each.head, row, strict=True)) for row in each.rows],
        }
        for each in register.sections
    ]
    head = {"format": JSON_FORMAT, "register": register.name, "language": language, "title": register.title}
    told = {**head, "missing": list(register.missing), "sections": sections}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def register_csv(register: Register) -> bytes:
    """For spreadsheets: every section's rows behind its heading, with a head line wherever the columns change."""
    lines: list[Sequence[str]] = []
    head: tuple[str, ...] = ()
    for each in register.sections:
        lines += [(each.heading, sentence) for sentence in each.sentences]
        if each.head and each.head != head:
            head = each.head
            lines.append(("", *head))
        lines += [(each.heading, *row) for row in each.rows]
    return lines_csv(lines)


def lines_csv(lines: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, for Excel; no cell is a formula. Short lines are filled up, so that all are as long."""
    width = max(map(len, lines), default=0)
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([*map(no_formula, line), *[""] * (width - len(line))] for line in lines)
    return written.getvalue().encode("utf-8-sig")

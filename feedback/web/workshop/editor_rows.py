"""A draft as a list that can be read: its sections, with every question and notice in a line of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.draft import items_of
from forms.steps.lines import lines_of
from forms.steps.units import Unit, is_matrix, kind_of, units_of
from forms.texts import Data

#: Kinds whose answers can tell people apart in results (`operations.rounds.course.possible_breakdowns`).
BREAKDOWNS = ("choice", "picture-choice", "scale", "smileys", "yes-maybe-no", "month", "week", "matrix")


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom something is asked: the earlier question's words, and those of the answers that lead here."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A question, a matrix or a notice; `number` is None for a notice, `answers` are as many as are worth a line."""

    id: str
    number: int | None
    kind: str
    text: str
    answers: tuple[str, ...]
    goal: str
    asked: Asked | None
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its rows."""

    id: str
    title: str
    rows: Sequence[Row]
    asked: Asked | None
    lacks: tuple[str, ...]


def sections_of(data: Data, lacks: Mapping[str, tuple[str, ...]]) -> list[SectionRow]:
    """Every section in the order of the form; `lacks` as `forms.steps.look_over` tells."""
    language = str(data["languages"][0])
    known = {item["id"]: item for item in items_of(data)}
    numbers = _numbers()
    return [
        SectionRow(
            section["id"],
            section["title"].get(language, ""),
            [_row(unit, language, known, lacks, numbers) for unit in units_of(section)],
            asked_of(section, known, language),
            lacks.get(f"section {section['id']}", ()),
        )
        for section in data["sections"]
    ]


def asked_of(part: Mapping[str, Any], known: Mapping[str, Data], language: str) -> Asked | None:
    """Of whom a part is asked, in words; None where it is everybody."""
    condition = part.get("show_if")
    if not condition:
        return None
    question = known.get(condition["question"], {})
    labels = {each["id"]: each["label"] for key in ("options", "apart") for each in question.get(key) or ()}
    answers = (labels.get(id_, {}).get(language, id_) for id_ in condition["is"])
    return Asked(words_of(question, language), tuple(answers))


def words_of(item: Mapping[str, Any], language: str) -> str:
    """What an item asks or says, in the source language; "" while it has no words."""
    return str((item.get("text") or {}).get(language, ""))


def _row(
    unit: Unit,
    language: str,
    known: Mapping[str, Data],
    lacks: Mapping[str, tuple[str, ...]],
    numbers: Iterator[int],
) -> Row:
    item = unit[0]
    text = item["stem"].get(language, "") if is_matrix(unit) else words_of(item, language)
    answers = lines_of(unit, "rows" if is_matrix(unit) else "options", language)
    return Row(
        item["id"],
        None if item["type"] == "notice" else next(numbers),
        kind_of(unit),
        text,
        tuple(line.label for line in answers),
        item.get("goal") or "",
        asked_of(item, known, language),
        tuple(dict.fromkeys(code for each in unit for code in lacks.get(each["id"], ()))),
    )


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number

"""Reading a file with use or test results, class by class. One that is about single pupils is refused whole.

Every wrong line is named with its reason. Counts of 1 to 4 people become None before anybody sees them.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from feedback.operations.evidence.columns import COLUMNS, OPTIONAL, field_of, holds_persons, is_persons
from feedback.operations.evidence.refused import EvidenceRefused, Refusal, Wrong
from feedback.operations.pilots.entries.seen import Assessment, Usage

KINDS = ("usage", "assessment")
MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
#: Fewer people than these are not counted.
FEWEST = 5
_MOST_REASONS, _LONGEST, _MOST_DIGITS = 100, 200, 9
_SEPARATORS = ",;\t"
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
#: Who was counted in a row: where it is never more than one, each row is about one pupil.
_PEOPLE = {"usage": "active", "assessment": "took"}
_WORDS_FIELDS = frozenset({"tool", "group", "test"})

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file says: its entries in order, and the heads of columns that were not read."""

    kind: str
    entries: tuple[Usage | Assessment, ...]
    not_read: tuple[str, ...] = field(default=())


def read_evidence(body: bytes, kind: str, *, most_bytes: int = MOST_BYTES) -> Understood:
    """What the file says. EvidenceRefused with every reason; ValueError for a kind that is not in KINDS."""
    if kind not in KINDS:
        raise ValueError(kind)
    if len(body) > most_bytes:
        _refuse(1, "too_large", most=most_bytes // 1000)
    heads, rows = _table(body)
    columns = {head: field_of(head, kind) for head in heads}
    _refuse_persons(columns, rows)
    by_field = _by_field(columns, kind)
    _refuse_one_pupil_rows(by_field[_PEOPLE[kind]], rows)
    entries = _entries(rows, by_field, kind)
    return Understood(kind, entries, tuple(head for head, known in columns.items() if known is None and head))


def identity(entry: Usage | Assessment) -> tuple[str, ...]:
    """What an entry is about: the book has one of each."""
    if isinstance(entry, Usage):
        return entry.week, entry.tool, entry.group
    return entry.test, entry.group, entry.taken_on.isoformat() if entry.taken_on else ""


def _table(body: bytes) -> tuple[list[str], list[Row]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(1, "not_utf8")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    except csv.Error:
        _refuse(reader.line_num, "not_csv")
    if len(lines) < 2 or "\0" in text:
        _refuse(1, "no_rows")
    if len(lines) - 1 > MOST_ROWS:
        _refuse(1, "too_many_rows", most=MOST_ROWS)
    heads = lines[0][1]
    uneven = [Refusal(line, "cells", {}) for line, cells in lines[1:] if len(cells) != len(heads)]
    if uneven:
        raise EvidenceRefused(*uneven[:_MOST_REASONS])
    return heads, [(line, dict(zip(heads, cells, strict=True))) for line, cells in lines[1:]]


def _refuse_persons(columns: dict[str, str | None], rows: list[Row]) -> None:
    """By what stands at the head of a column, and by what stands in it: a name is where nobody expects one."""
    told = [
        head
        for head, known in columns.items()
        if (known is None and is_persons(head))
        or ((known is None or known in _WORDS_FIELDS) and holds_persons([cells[head] for _line, cells in rows]))
    ]
    if told:
        raise EvidenceRefused(*(Refusal(1, "person", {"column": head}) for head in told))


def _by_field(columns: dict[str, str | None], kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for head, known in columns.items():
        if known in found:
            _refuse(1, "twice_a_column", column=found[known], other=head)
        if known is not None:
            found[known] = head
    missing = [name for name in COLUMNS[kind] if name not in found and name not in OPTIONAL]
    if missing:
        heads = {name: COLUMNS[kind][name].partition("|")[0] for name in missing}
        said = ", ".join(head for head in columns if head)
        raise EvidenceRefused(*(Refusal(1, "missing", {"column": heads[name], "columns": said}) for name in missing))
    return found


def _refuse_one_pupil_rows(head: str, rows: list[Row]) -> None:
    said = {cells[head] for _line, cells in rows}
    if len(rows) > 1 and "1" in said and said <= {"0", "1", ""}:
        _refuse(1, "one_pupil_rows", column=head)


def _entries(rows: list[Row], by_field: dict[str, str], kind: str) -> tuple[Usage | Assessment, ...]:
    entries: list[Usage | Assessment] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        try:
            entry = _entry(kind, dict(_values(cells, by_field)))
            if identity(entry) in seen:
                raise Wrong("twice", other=seen[identity(entry)])
            seen[identity(entry)] = line
            entries.append(entry)
        except Wrong as wrong:
            refused.append(Refusal(line, wrong.code, wrong.values))
    if refused:
        raise EvidenceRefused(*refused[:_MOST_REASONS])
    return tuple(entries)


def _values(cells: dict[str, str], by_field: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, head in by_field.items():
        said = cells[head]
        if not said and name not in OPTIONAL:
            raise Wrong("empty", column=head)
        if len(said) > _LONGEST:
            raise Wrong("too_long", column=head)
        if name == "week":
            yield name, _week(said, head)
        elif name == "taken_on":
            yield name, _day(said, head) if said else None
        else:
            yield name, said if name in _WORDS_FIELDS else _number(said, head)


def _entry(kind: str, values: dict[str, Any]) -> Usage | Assessment:
    if kind == "usage":
        few = 0 < values["active"] < FEWEST
        # The minutes of a pupil or two would be about them.
        return Usage(**{**values, **({"active": None, "minutes": None} if few else {})})
    took, reached = values["took"], values["reached"]
    if reached > took:
        raise Wrong("more_reached")
    # Who reached the mark, and who did not: one of them alone would tell the other.
    singled_out = any(0 < people < FEWEST for people in (took, reached, took - reached))
    counted = {"took": None if 0 < took < FEWEST else took, "reached": None if singled_out else reached}
    return Assessment(**{**values, **counted})


def _week(said: str, head: str) -> str:
    if found := _WEEK.fullmatch(said):
        try:
            return "{}-W{:02}".format(*date.fromisocalendar(int(found[1]), int(found[2]), 1).isocalendar()[:2])
        except ValueError as none:
            raise Wrong("week", said=said, column=head) from none
    try:
        return "{}-W{:02}".format(*date.fromisoformat(said).isocalendar()[:2])
    except ValueError as none:
        raise Wrong("week", said=said[:40], column=head) from none


def _day(said: str, head: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as none:
        raise Wrong("day", said=said[:40], column=head) from none


def _number(said: str, head: str) -> int:
    whole = re.sub(r"\.0+$", "", said)
    if not whole.isdecimal() or len(whole) > _MOST_DIGITS:
        raise Wrong("number", said=said[:40], column=head)
    return int(whole)


def _refuse(line: int, code: str, **values: Any) -> NoReturn:
    raise EvidenceRefused(Refusal(line, code, values))

"""Labelled comments from CSV files: id, text, lang, theme, sentiment; optional second_theme, label and pii_json."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_NEEDED = ("text",)


class LabelsUnreadable(Exception):
    """A file is not as it should be; says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One comment with what people say of it; "" and () where they say nothing."""

    text: str
    language: str
    themes: tuple[str, ...] = ()
    mood: str = ""
    label: str = ""
    #: (type, text) of each thing that leads to a person.
    personal: tuple[tuple[str, str], ...] | None = None


def read_labelled(path: Path, codes: Mapping[str, str] | None = None) -> list[Labelled]:
    """The file's rows; `codes` maps its theme codes to ours. LabelsUnreadable names file, line and cure."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            raise LabelsUnreadable(f"{path.name}: there is no column “{missing[0]}”; name it in the first line")
        return [_labelled(path, number, row, codes or {}) for number, row in enumerate(rows, 2)]


def _labelled(path: Path, line: int, row: dict[str, str], codes: Mapping[str, str]) -> Labelled:
    themes = [codes.get(code, code) for code in (row.get("theme") or "", row.get("second_theme") or "") if code]
    return Labelled(
        text=row.get("text") or "",
        language=row.get("lang") or "und",
        themes=tuple(themes),
        mood=(row.get("sentiment") or "").lower(),
        label=(row.get("label") or "").lower(),
        personal=_personal(path, line, row.get("pii_json")),
    )


def _personal(path: Path, line: int, value: str | None) -> tuple[tuple[str, str], ...] | None:
    if value is None:
        return None
    try:
        return tuple((str(one["type"]).lower(), str(one["text"])) for one in json.loads(value or "[]"))
    except (ValueError, KeyError, TypeError) as wrong:
        raise LabelsUnreadable(f'{path.name}, line {line}: pii_json is not a list of {{"type", "text"}}') from wrong

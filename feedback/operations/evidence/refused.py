"""Why a file with evidence was refused: the line, a code, and what fills the sentence, which pages translate."""

from dataclasses import dataclass
from typing import Any

from feedback.operations.errors import ImportRefused
from forms.wording import N_

#: The cure stands in the sentence.
SENTENCES = {
    "not_utf8": N_("The file is not UTF-8. Save it as “CSV UTF-8”, and choose that file."),
    "not_csv": N_("The file is not CSV here. Save the sheet as “CSV UTF-8”, and choose that file."),
    "too_large": N_("The file is larger than %(most)s kilobytes. Export fewer weeks at a time."),
    "no_rows": N_("The file has no rows."),
    "too_many_rows": N_("The file has more than %(most)s rows. Export fewer weeks at a time."),
    "person": N_("The column “%(column)s” looks like it is about single people. Export by class instead."),
    "one_pupil_rows": N_("Each row is about one pupil: “%(column)s” is never more than 1. Export by class instead."),
    "missing": N_("The file has no column for “%(column)s”. Its columns are: %(columns)s."),
    "twice_a_column": N_("The columns “%(column)s” and “%(other)s” mean the same. Take one of them out."),
    "cells": N_("The row has more or fewer cells than the first line."),
    "empty": N_("The cell under “%(column)s” is empty."),
    "too_long": N_("The cell under “%(column)s” is longer than 200 letters."),
    "week": N_("“%(said)s” under “%(column)s” is no week. Write 2026-W47, or a day of it as 2026-11-16."),
    "day": N_("“%(said)s” under “%(column)s” is no day. Write it as 2026-11-16."),
    "number": N_("“%(said)s” under “%(column)s” is no number of 0 or more."),
    "more_reached": N_("More pupils reached the mark than took the test."),
    "twice": N_("The same class is on line %(other)s already. Put both rows together."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason. `values` fill the blanks of `SENTENCES[code]`."""

    line: int
    code: str
    values: dict[str, Any]


class Wrong(ValueError):
    """A row that cannot be read: the code of its sentence, and what fills it."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


class EvidenceRefused(ImportRefused):
    """Nothing was imported. `refusals` says why, for whoever translates; `rows` is the same in English."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(tuple((each.line, SENTENCES[each.code] % each.values) for each in refusals))
        self.refusals = refusals

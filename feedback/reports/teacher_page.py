"""What the teacher's page is made from: text and a frozen release, no database rows and nothing to look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from analysis.summary import Summary
from analysis.words import Words

#: A text and the language it is really in (BCP 47), as `forms.wording.say` returns them.
Said = tuple[str, str]


class Mark(StrEnum):
    """What sort of round it is, where that changes how its page may be read."""

    SAMPLE = "sample"
    IMPORTED = "imported"
    NOT_VERIFIED = "not_verified"  # nobody checked that a person answered only once


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """ "If `change`, then `result`, by `date`, because `reason`": the parts, without those words."""

    change: Said
    result: Said
    date: Said
    reason: Said


@dataclass(frozen=True, slots=True)
class TeacherPage:
    """One round's page for its teacher, in words of the language it is rendered in where there are such words.

    `questions` and `labels` hold every question of `summary` and every cell of its bars. `next_steps` holds what is to
    be printed, by question. `words` is None while comments are being read; for ever where nobody signed by
    `words_by`, or where `words_deleted`: then retention came before any reviewer. `criterion_set_on` is the day on
    which the criterion was locked, None where it never was. `release` is what a reader can compare with the results
    page.
    """

    school: str
    pilot: Said
    trying: Said
    hypothesis: Hypothesis | None
    audience: Literal["students", "families", "staff"]
    round_title: str
    summary: Summary
    words: Words | None
    questions: Mapping[str, Said]
    labels: Mapping[str, Mapping[str, Said]]
    next_steps: Mapping[str, Said]
    promise_on: date
    words_by: date
    released_on: date
    release: str
    criterion_set_on: date | None = None
    also_changing: tuple[Said, ...] = ()
    words_deleted: bool = False
    marks: tuple[Mark, ...] = field(default=())

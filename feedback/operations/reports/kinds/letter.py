"""The letter to somebody who asks for a person's answers, or for their deletion; and to a court."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.operations.errors import NotFound
from feedback.operations.reports.kinds.kind import Mark, Report, Room
from feedback.operations.school import School

LETTER_KINDS = ("access", "erasure", "court")


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What a letter says. `facts` are the signed figures; `signature` and `public_key` are in hex."""

    kind: str
    school: str
    released_on: date
    facts: Mapping[str, Any]
    signature: str
    public_key: str
    marks: tuple[Mark, ...] = ()
    release: str = ""


def _read_elsewhere(_session: Session, _school: School, about: str, _language: str) -> LetterPage:
    """A letter is read by `operations.audit.letters`, which asks for another permission than reports do."""
    raise NotFound(about)


LETTER = Report(
    kind="letter",
    scope="school",
    catalogue=Catalogue.STAFF,
    facts=_read_elsewhere,
    sides=2,
    rooms=(Room("plain"), Room("snug")),
    template="letters/sheet.html",
    folder="letters",
    partial="words",
)

"""What a kind of report is: what it is about, whose words it speaks, how long it may be, and how its facts are read.

Facts are frozen dataclasses of text and releases without database rows, so that a page and a PDF show the same partial,
templates/reports/<kind>/body.html, and so that two documents with the same facts are the same document.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal, Protocol

from pydantic_core import to_json
from sqlalchemy.orm import Session

from analysis.tables import OTHER_GROUPS
from feedback.i18n import Catalogue, offered
from feedback.languages import direction_of
from feedback.models import Round
from feedback.operations.school import School

#: "school" is about no round and no pilot: see `letter` and `month` beside it.
Scope = Literal["round", "pilot", "school"]
#: A text and the language it is really in (BCP 47, "und" where nobody knows), as `forms.wording.say` returns them.
Said = tuple[str, str]


class Mark(StrEnum):
    """What sort of figures these are, where that changes how they may be read."""

    SAMPLE = "sample"
    IMPORTED = "imported"
    NOT_VERIFIED = "not_verified"  # nobody checked that a person answered only once
    PREVIEW = "preview"  # a pilot's evidence is not frozen yet


class Sheet(Protocol):
    """What the edge of every sheet is made from. `release` is the start of the hash of what is shown, "" for none."""

    @property
    def marks(self) -> tuple[Mark, ...]: ...
    @property
    def release(self) -> str: ...
    @property
    def released_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Room:
    """How closely a sheet is set (a class of its style sheet), how many themes and quotes it has room for, and whether
    groups that differ have bars beside the words."""

    name: str
    themes: int = 99
    quotes: int = 6
    groups: bool = True


#: A page on a screen, which has room for everything.
ON_SCREEN = Room("on-screen")


def nothing_more(_page: Any, _room: Room) -> dict[str, Any]:
    """What a report's partial needs beside its facts: nothing."""
    return {}


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report.

    `facts` (session, school, id of the round or pilot, language) raises StillInTheBox, NotEnoughVoices or
    ResultsPurged where there is nothing to tell. `rooms` are tried in turn until the sheets fit on `sides` (None: as
    many as it takes). `arrange` gives what the partial needs beside `page`, for one room. `template` is the sheet.
    """

    kind: str
    scope: Scope
    catalogue: Catalogue
    facts: Callable[[Session, School, str, str], Sheet]
    sides: int | None = None
    rooms: tuple[Room, ...] = (Room("plain"),)
    arrange: Callable[[Any, Room], Mapping[str, Any]] = nothing_more
    template: str = "reports/sheet.html"
    #: Id of what has to stand on the first side, wherever there is a room in which it does.
    on_first_side: str = ""
    #: The folder of the partial, where it is another kind's.
    partial: str = ""
    #: Where that folder is: texts for those who were asked are not among the staff's.
    folder: str = "reports"
    #: A round -> the languages of a report for those who were asked, () for no such report; None: the reader's own.
    speaks: Callable[[Round], tuple[str, ...]] | None = None

    @property
    def body(self) -> str:
        """The partial that the sheet and the page share."""
        return f"{self.folder}/{self.partial or self.kind}/body.html"

    def variables(self, page: Any, room: Room) -> dict[str, Any]:
        """What the templates are given."""
        shared = {"page": page, "room": room, "report": self, "reads": reads, "OTHER_GROUPS": OTHER_GROUPS}
        return {**shared, **self.arrange(page, room)}


def asked_in(round_: Round) -> tuple[str, ...]:
    """The languages in which everybody reads a round's results: those it is asked in. Imported, it has no such page."""
    return () if round_.imported else tuple(code for code in round_.languages if code in offered(Catalogue.RESPONDENT))


def hash_of(report: Report, page: Any, language: str) -> str:
    """SHA-256 over everything that is shown: documents with the same one say the same."""
    told = [report.kind, language, asdict(page)]
    # pydantic writes the dates.
    return sha256(to_json(_sorted(told))).hexdigest()


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _sorted(value[key]) for key in sorted(value, key=str)}
    return [_sorted(each) for each in value] if isinstance(value, list | tuple) else value


def reads(text: str, language: str) -> str:
    """ "rtl" or "ltr"; by the first letter that says so where the language is unknown."""
    if language != "und":
        return direction_of(language)
    letters = (unicodedata.bidirectional(letter) for letter in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in letters if kind in {"L", "R", "AL"}), "ltr")


def written(text: str) -> Said:
    """What staff typed: in the school's own language, and nobody asks them which that is."""
    return text, "und"

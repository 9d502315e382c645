"""What this installation holds, layer by layer, in bands: a number of rows may tell how many people have answered."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import (
    AuditEntry,
    Base,
    BookEntry,
    Comment,
    Document,
    InstrumentVersion,
    Part,
    Release,
    Round,
    Slip,
    StaffMember,
    Tally,
)
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: Never less than the k of any round.
_FEWEST = 10
_SHUT = ("open", "closed", "counting")
#: Of these nobody may know how many there are while a box is shut: they go with it.
_UNTOLD = frozenset({"boxes", "slips", "reading"})


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer. `at_least` 0: nothing; None: nobody may know how much, or fewer than `below`."""

    name: str
    at_least: int | None
    below: int | None = None


def what_is_held(school: School, by: StaffMember) -> list[Layer]:
    """Every layer in the order in which it comes to be. NotPermitted."""
    allow(by, Action.SEE_RETENTION)
    with reading(school.engine) as session:
        k = max(_FEWEST, session.scalar(select(func.max(Round.k))) or 0)
        shut = session.scalar(select(func.count()).select_from(Round).where(Round.state.in_(_SHUT))) or 0
        counted = {
            "boxes": shut,
            "slips": _rows(session, Slip),
            "reading": _rows(session, Part),
            "comments": _rows(session, Comment),
            "tallies": _rows(session, Tally),
            "releases": _rows(session, Release),
            "documents": _rows(session, Document),
            "book": _rows(session, BookEntry),
            "forms": _rows(session, InstrumentVersion),
            "staff": _rows(session, AuditEntry),
        }
    return [_layer(name, rows, k) for name, rows in counted.items()]


def _layer(name: str, rows: int, k: int) -> Layer:
    if rows == 0:
        return Layer(name, 0)
    if name in _UNTOLD:
        return Layer(name, None)
    return Layer(name, _band(rows, k), None if rows >= k else k)


def _band(rows: int, k: int) -> int | None:
    """The largest of k, 10, 50, 100, 500 and so on that `rows` reaches; None below k."""
    steps = sorted({k, *(step * 10**power for power in range(1, 7) for step in (1, 5))})
    return max((step for step in steps if k <= step <= rows), default=None)


def _rows(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0

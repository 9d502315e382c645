"""A pilot with one released round, as far as its team needs it to think."""

from typing import Any

from feedback.models import Pilot, Round, StaffMember
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.factories import NOW, a_pilot, a_round

SEEN = {"week": "2026-W47", "place": "Library", "seen": "Two groups read aloud to each other."}


def a_frozen_pilot(school: School, owner: StaffMember, **facts: Any) -> tuple[Pilot, Round]:
    """Twenty children of Class 2B said whether they want to use it again; sixteen do. The criterion is 60 percent."""
    pilot = a_pilot(school, **{"owner_id": owner.id, "state": "frozen", **facts})
    round_ = a_round(school, pilot=pilot, owner_id=owner.id)
    pleased: dict[str, Answer] = {"again": "yes", "liked": ("games",)}
    tired: dict[str, Answer] = {"again": "no"}
    fill_and_count(school, round_, *[pleased] * 16, *[tired] * 4)
    return pilot, round_


def see_something(school: School, by: StaffMember, pilot: Pilot) -> str:
    """An observation note's id."""
    return write_entry(school, by, pilot.id, NewEntry("observation", SEEN, role="Librarian"), now=NOW)

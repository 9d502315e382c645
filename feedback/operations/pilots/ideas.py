"""What a class or a role says should be tried next; the pilot's next run begins with it."""

from datetime import datetime

from feedback.models import StaffMember
from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.pilots.entries.thought import Idea
from feedback.operations.school import School


def note_idea(school: School, by: StaffMember, pilot_id: str, idea: Idea, *, now: datetime) -> str:
    """The new idea's id. NotPermitted, NotFound."""
    return write_entry(school, by, pilot_id, NewEntry("idea", idea, role=idea.proposed_by), now=now)

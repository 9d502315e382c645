"""What a class or a role says should be tried next, and the pilot that comes of it."""

from datetime import datetime

from feedback.db import writing
from feedback.models import StaffMember
from feedback.operations.book import Entry, NewEntry, entry_for, find_entry, write_entry
from feedback.operations.entries.thought import Idea
from feedback.operations.errors import NotFound
from feedback.operations.pilots import find_pilot
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action


def note_idea(school: School, by: StaffMember, pilot_id: str, idea: Idea, *, now: datetime) -> str:
    """The new idea's id. NotPermitted, NotFound."""
    return write_entry(school, by, pilot_id, NewEntry("idea", idea, role=idea.proposed_by), now=now)


def idea_for(school: School, by: StaffMember, entry_id: str) -> Entry:
    """One idea. NotFound."""
    entry = entry_for(school, by, entry_id)
    if entry.kind != "idea":
        raise NotFound(entry_id)
    return entry


def take_up(school: School, by: StaffMember, entry_id: str, pilot_id: str, *, now: datetime) -> None:
    """The new pilot is the idea's: it says who proposed it and which pilot it follows. NotPermitted, NotFound."""
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        allow(by, Action.CHANGE_PILOTS, pilot)
        idea = find_entry(session, by, entry_id)
        if idea.kind != "idea":
            raise NotFound(entry_id)
        pilot.proposed_by, pilot.follows_id = idea.body["proposed_by"], idea.pilot_id
        idea.state = "taken_up"
        record(session, now, by.account, "book_changed", idea.pilot_id, kind="idea")

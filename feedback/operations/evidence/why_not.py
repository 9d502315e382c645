"""One tap: why a tool is not used. It is counted, and nothing says whose it was."""

from datetime import datetime

from feedback.db import writing
from feedback.models import StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.evidence.pilot_evidence import usage_of
from feedback.operations.pilots.book import NewEntry, add_entry, allow_team
from feedback.operations.pilots.entries.seen import WhyNot
from feedback.operations.record import record
from feedback.operations.school import School

REASONS = ("no_time", "no_access", "did_not_work", "not_useful", "no_training", "other")


def say_why_not(school: School, by: StaffMember, pilot_id: str, tool: str, why: str, *, now: datetime) -> None:
    """Count one answer. NotPermitted; NotFound for a tool or reason that there is not."""
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        if why not in REASONS or tool not in {each.tool for each in usage_of(session, pilot_id).tools}:
            raise NotFound(pilot_id)
        body = WhyNot.model_validate({"tool": tool, "why": why})
        add_entry(session, pilot.id, NewEntry("why_not", body), on=school.settings.day_of(now))
        # Without the account: beside the moment, it would say whose answer it was.
        record(session, now, "staff", "book_written", pilot.id, kind="why_not")

"""The checklist of a pilot that is stopped: what ends, whose role sees to it, and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from feedback.models import StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.pilots.book import Entry, change_entry, entries_of, entry_for
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class Settled:
    """Whose role sees to a step, by when, and whether it is done."""

    owner: str
    due: date | None
    done: bool


def exit_steps_of(school: School, by: StaffMember, pilot_id: str) -> list[Entry]:
    """The steps in the order in which they were made. NotPermitted, NotFound."""
    return sorted(entries_of(school, by, pilot_id, "exit_step"), key=lambda entry: int(entry.body["number"]))


def exit_step_for(school: School, by: StaffMember, entry_id: str) -> Entry:
    """One step. NotFound."""
    entry = entry_for(school, by, entry_id)
    if entry.kind != "exit_step":
        raise NotFound(entry_id)
    return entry


def settle_exit_step(school: School, by: StaffMember, entry_id: str, settled: Settled, *, now: datetime) -> None:
    """Say whose a step is and by when, tick it off, or take the tick away. NotFound for anything else."""
    step = exit_step_for(school, by, entry_id)
    body = {**step.body, "owner": settled.owner, "due": settled.due}
    change_entry(school, by, entry_id, body=body, state="done" if settled.done else "open", now=now)

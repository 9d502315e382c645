"""Plan, do, study, act: a pilot's numbered cycles, each of which hands its open questions on to the next."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import BookEntry, Pilot, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.pilots.book import (
    Entry,
    NewEntry,
    add_entry,
    allow_team,
    change_entry,
    entry_for,
    read_entries,
)
from feedback.operations.pilots.entries.thought import Cycle, Prediction
from feedback.operations.record import record
from feedback.operations.school import School

#: More predictions than this nobody checks.
MOST_PREDICTIONS = 4


def begin_cycle(school: School, by: StaffMember, pilot_id: str, *, now: datetime) -> str:
    """The id of a new cycle: the first one with the pilot's goal as its aim, or the next one after the last.

    WrongState("cycle_runs") while the last one has not said how it goes on (`act`).
    """
    with writing(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        entry = add_entry(session, pilot_id, NewEntry("cycle", _next(session, pilot)), on=school.settings.day_of(now))
        entry.by_id = by.id
        record(session, now, by.account, "book_written", pilot_id, kind="cycle")
        return entry.id


def change_cycle(school: School, by: StaffMember, entry_id: str, cycle: Cycle, *, now: datetime) -> None:
    """Keep what is known of a cycle; its number and what it was handed stay. NotFound, NotReady("aim", "dates")."""
    before = cycle_for(school, by, entry_id)
    if cycle.starts_on and cycle.ends_on and cycle.ends_on < cycle.starts_on:
        raise NotReady("dates")
    kept = cycle.model_copy(update={"number": before.body["number"], "carried": before.body["carried"]})
    change_entry(school, by, entry_id, body=kept, state="done" if cycle.act else "open", now=now)


def cycle_for(school: School, by: StaffMember, entry_id: str) -> Entry:
    """One cycle. NotFound."""
    entry = entry_for(school, by, entry_id)
    if entry.kind != "cycle":
        raise NotFound(entry_id)
    return entry


def cycles_of(school: School, by: StaffMember, pilot_id: str) -> list[Entry]:
    """The pilot's cycles, the first one first. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        allow_team(session, by, pilot_id)
        return sorted(read_entries(session, pilot_id, "cycle"), key=lambda entry: int(entry.body["number"]))


def carried_on(cycle: Cycle) -> Cycle:
    """The cycle after this one: its aim, its predictions that did not come true, and what it said comes next."""
    open_still = tuple(
        Prediction(question=each.question, predicted=each.predicted)
        for each in cycle.predictions
        if each.confirmed != "yes"
    )
    return Cycle(number=cycle.number + 1, aim=cycle.aim, sort=cycle.sort, predictions=open_still, carried=cycle.next)


def _next(session: Session, pilot: Pilot) -> Cycle:
    bodies = session.scalars(
        select(BookEntry.body).where(BookEntry.pilot_id == pilot.id, BookEntry.kind == "cycle")
    ).all()
    if not bodies:
        return Cycle(number=1, aim=pilot.goal_sentence[:200], sort="test")
    last = max((Cycle.model_validate(body) for body in bodies), key=lambda cycle: cycle.number)
    if not last.act:
        raise WrongState("cycle_runs")
    return carried_on(last)

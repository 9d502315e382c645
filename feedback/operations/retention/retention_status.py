"""What is due for deletion when, what is overdue, what a hold keeps: for the officer's page. It deletes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Comment, Pilot, Round, StaffMember, Tally
from feedback.operations.retention.certificate_facts import band
from feedback.operations.retention.due_rounds import due_rounds, has_unused_slips, kept_days
from feedback.operations.retention.holds import Held, holds_that_stand, title_of
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.privacy.retention import DAYS_OF_UNUSED_SLIPS, DAYS_UNTIL_DESTROYED, DAYS_UNTIL_GIVEN_UP, Due
from feedback.privacy.schedule import Layer, schedule_of


@dataclass(frozen=True, slots=True)
class Line:
    """One layer of one round. `amount`: people as a band (">= 10"), rows of figures exactly, "" for what nobody may
    know."""

    round_id: str
    title: str
    layer: str
    day: date
    held: bool
    amount: str


@dataclass(frozen=True, slots=True)
class RetentionStatus:
    """Everything by its day: `overdue` should have gone before today, `soon` goes within a month."""

    overdue: tuple[Line, ...]
    soon: tuple[Line, ...]
    later: tuple[Line, ...]
    held: tuple[Line, ...]
    layers: Mapping[str, Layer]
    #: Id of the rules that hold.
    profile: str


def retention_status(school: School, by: StaffMember, *, today: date) -> RetentionStatus:
    """NotPermitted for whoever has nothing to do with retention."""
    allow(by, Action.SEE_RETENTION)
    with reading(school.engine) as session:
        lines = lines_by_day(session, school)
        rules = rules_in(session, school.settings)
    free = [each for each in lines if not each.held]
    month = today + timedelta(days=30)
    return RetentionStatus(
        overdue=tuple(each for each in free if each.day < today),
        soon=tuple(each for each in free if today <= each.day <= month),
        later=tuple(each for each in free if each.day > month),
        held=tuple(each for each in lines if each.held),
        layers=schedule_of(rules.jurisdiction.retention.schedule),
        profile=rules.jurisdiction.id,
    )


def lines_by_day(session: Session, school: School) -> list[Line]:
    """Every layer of every round that is still there, by the day on which it goes."""
    held = holds_that_stand(session)
    rounds = session.scalars(select(Round).order_by(Round.title, Round.id)).all()
    lines = (line for round_ in rounds for line in _lines(session, school, round_, held))
    return sorted(lines, key=lambda each: (each.day, each.title, each.layer))


def dry_run(school: School, by: StaffMember, *, today: date) -> list[tuple[str, Due]]:
    """(title, what of it) that a purge would delete today. NotPermitted."""
    allow(by, Action.SEE_RETENTION)
    found = due_rounds(school, today)
    with reading(school.engine) as session:
        return [(session.get_one(Round, round_id).title, is_due) for round_id, is_due in found]


def what_can_be_held(school: School, by: StaffMember) -> list[tuple[str, str, str]]:
    """(scope, id, title) of every pilot and round on which a hold can be placed. NotPermitted."""
    allow(by, Action.PURGE)
    with reading(school.engine) as session:
        pilots = [("pilot", each.id, title_of(each)) for each in session.scalars(select(Pilot))]
        rounds = [("round", each.id, each.title) for each in session.scalars(select(Round))]
    return [*sorted(pilots, key=_by_title), *sorted(rounds, key=_by_title)]


def _by_title(one: tuple[str, str, str]) -> tuple[str, str]:
    return one[2], one[1]


def _lines(session: Session, school: School, round_: Round, held: Held) -> Iterator[Line]:
    for layer, day in _days(session, school, round_):
        is_held = held.results_of(round_) if layer == "tallies" else held.voices_of(round_)
        yield Line(round_.id, round_.title, layer, day, is_held, _amount(session, round_, layer))


def _days(session: Session, school: School, round_: Round) -> Iterator[tuple[str, date]]:
    closed_on = round_.box_shuts_at.replace(tzinfo=UTC).astimezone(school.settings.zone).date()
    comments_days, tallies_days = kept_days(session, school, round_)
    if round_.counted_on is not None and round_.comments_purged_on is None:
        yield "comments", round_.counted_on + timedelta(days=comments_days)
    if round_.counted_on is not None and round_.tallies_purged_on is None:
        yield "tallies", round_.counted_on + timedelta(days=tallies_days)
    if round_.state == "too_few":
        yield "box", closed_on + timedelta(days=DAYS_UNTIL_DESTROYED)
    elif round_.state in ("closed", "counting") and not round_.imported:
        yield "box", closed_on + timedelta(days=DAYS_UNTIL_GIVEN_UP)
    if round_.state in ("too_few", "joined") and has_unused_slips(session, round_.id):
        yield "slips", closed_on + timedelta(days=DAYS_OF_UNUSED_SLIPS)


def _amount(session: Session, round_: Round, layer: str) -> str:
    tables: dict[str, type[Comment | Tally]] = {"comments": Comment, "tallies": Tally}
    table = tables.get(layer)
    if table is None:
        return ""
    rows = session.scalar(select(func.count()).select_from(table).where(table.round_id == round_.id)) or 0
    return band(rows, round_.k) if layer == "comments" else str(rows)

"""Retention as it stands: the schedule, what goes when, what a hold keeps, and the last proof that a backup obeys."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.models import Chore, Hold, Pilot, Round
from feedback.operations.audit.last_drill import drill_in
from feedback.operations.audit.registers.kind import Register, Section, Statement
from feedback.operations.audit.titles import account_told
from feedback.operations.retention.holds import title_of
from feedback.operations.retention.layer_words import LAYER_NAMES, STARTS
from feedback.operations.retention.retention_status import Line, lines_by_day
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.privacy.schedule import schedule_of
from feedback.role_names import ROLE_NAMES
from feedback.spoken import day, whole

NAME = "retention"


def make(session: Session, school: School, _language: str) -> Register:
    """The register as it stands, and as the last purge left it."""
    lines = lines_by_day(session, school)
    counted = _counted(session, lines)
    head = (gettext("Round"), gettext("What"), gettext("Goes on"), gettext("Held"))
    rounds = Section("rounds", gettext("What goes when"), (counted,), head if lines else (), tuple(map(_row, lines)))
    drill = _drill(session, school)
    return Register(
        NAME,
        gettext("Retention: what is kept, until when"),
        (
            _schedule(law_in(session, school.settings)),
            rounds,
            _holds(session),
            Section("drill", gettext("Restore drill"), (drill,)),
        ),
        (Statement(counted, "rounds"), Statement(drill, "drill")),
    )


def _counted(session: Session, lines: list[Line]) -> str:
    last = session.get(Chore, "purge")
    if last is None:
        return gettext("Nothing has had to be deleted yet: the first purge is still to come.")
    overdue = [each for each in lines if each.day <= last.done_on and not each.held]
    return gettext(
        "Parts of rounds that are kept: %(all)s, of which held: %(held)s. The purge last ran on %(day)s; overdue since "
        "then: %(overdue)s.",
        all=whole(len(lines)),
        held=whole(sum(each.held for each in lines)),
        day=day(last.done_on),
        overdue=whole(len(overdue)),
    )


def _schedule(law: str) -> Section:
    head = (
        gettext("Code"),
        gettext("What"),
        gettext("Days at most"),
        gettext("Why"),
        gettext("Who answers for it"),
    )
    rows = tuple(
        (
            layer.code,
            gettext(LAYER_NAMES[name]),
            f"{whole(layer.days)} {gettext(STARTS[layer.starts])}",
            gettext(layer.basis),
            gettext(ROLE_NAMES[layer.owner]),
        )
        for name, layer in schedule_of(law).items()
    )
    told = gettext("These are the longest times. A round may be planned with fewer days, never with more.")
    return Section("schedule", gettext("The school’s schedule"), (told,), head, rows)


def _row(line: Line) -> tuple[str, ...]:
    kept = gettext("yes") if line.held else gettext("no")
    return line.title, gettext(LAYER_NAMES[line.layer]), day(line.day), kept


def _holds(session: Session) -> Section:
    rows = tuple(
        (
            _on_what(session, hold),
            hold.reason,
            hold.basis,
            f"{day(hold.placed_on)}, {account_told(session, hold.placed_by_id)}",
            f"{day(hold.lifted_on)}, {account_told(session, hold.lifted_by_id)}" if hold.lifted_on else "–",
        )
        for hold in session.scalars(select(Hold).order_by(Hold.placed_on, Hold.id))
    )
    head = (gettext("On what"), gettext("Why"), gettext("Ground"), gettext("Placed"), gettext("Taken off"))
    told = () if rows else (gettext("No hold has been placed."),)
    return Section("holds", gettext("Holds"), told, head if rows else (), rows)


def _on_what(session: Session, hold: Hold) -> str:
    if hold.scope == "all":
        return gettext("everything")
    if hold.scope == "round":
        round_ = session.get(Round, hold.object_id)
        return round_.title if round_ else hold.object_id
    pilot = session.get(Pilot, hold.object_id)
    return title_of(pilot) if pilot else hold.object_id


def _drill(session: Session, school: School) -> str:
    last = drill_in(session, school)
    if last is None:
        return gettext("No backup has been tried yet.")
    told = {"day": day(last.day), "file": last.file}
    if last.is_well:
        return gettext(
            "On %(day)s the backup %(file)s was put back beside the school, and nothing deleted returned.", **told
        )
    return gettext("On %(day)s the backup %(file)s was tried and was not well: see the list of what staff did.", **told)

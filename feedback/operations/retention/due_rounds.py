"""Which rounds have something that is due for deletion, and is neither held nor being deleted already."""

from dataclasses import dataclass, replace
from datetime import UTC, date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Certificate, Round, Slip
from feedback.operations.retention.holds import Held, holds_that_stand
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.privacy.retention import Due, due, unused_slips_are_due
from feedback.privacy.schedule import schedule_of


@dataclass(frozen=True, slots=True)
class RoundDue:
    """A round and what of it is due: `free` to be deleted, and what a hold keeps."""

    round: Round
    free: Due
    held: Due


def due_rounds(school: School, today: date) -> list[tuple[str, Due]]:
    """(round id, what may be deleted of it today), by id; nothing that is held, or begun."""
    with reading(school.engine) as session:
        return [(each.round.id, each.free) for each in find_due(session, school, today) if each.free]


def find_due(session: Session, school: School, today: date) -> list[RoundDue]:
    """Every round of which something is due, held or not; what is being deleted already is left out."""
    held, begun = holds_that_stand(session), _begun(session)
    found = []
    for round_ in session.scalars(select(Round).order_by(Round.id)):
        left = _left(session, school, round_, today)
        left = replace(left, **dict.fromkeys(begun.get(round_.id, ()), False))
        if left:
            found.append(RoundDue(round_, _free(left, held, round_), _kept(left, held, round_)))
    return found


def kept_days(session: Session, school: School, round_: Round) -> tuple[int, int]:
    """Days that a round's comments and its figures are kept: its own, or the schedule's where those are fewer."""
    layers = schedule_of(law_in(session, school.settings))
    return (
        min(round_.keep_comments_days, layers["comments"].days),
        min(round_.keep_tallies_days, layers["tallies"].days),
    )


def _left(session: Session, school: School, round_: Round, today: date) -> Due:
    closed_on = round_.box_shuts_at.replace(tzinfo=UTC).astimezone(school.settings.zone).date()
    comments_days, tallies_days = kept_days(session, school, round_)
    is_due = due(
        state=round_.state,
        closed_on=closed_on,
        counted_on=round_.counted_on,
        keep_comments_days=comments_days,
        keep_tallies_days=tallies_days,
        today=today,
        imported=round_.imported,
    )
    opens_again = round_.state == "closed" and round_.if_too_few == "extend" and not round_.extended
    slips = unused_slips_are_due(state=round_.state, closed_on=closed_on, opens_again=opens_again, today=today)
    return replace(
        is_due,
        comments=is_due.comments and round_.comments_purged_on is None,
        tallies=is_due.tallies and round_.tallies_purged_on is None,
        # With its box, everything goes.
        slips=slips and not is_due.box and has_unused_slips(session, round_.id),
    )


def has_unused_slips(session: Session, round_id: str) -> bool:
    """Whether codes that nobody used are left; never how many."""
    return session.scalar(select(Slip.tag).where(Slip.round_id == round_id, Slip.used.is_(False)).limit(1)) is not None


def _begun(session: Session) -> dict[str, set[str]]:
    begun: dict[str, set[str]] = {}
    for each in session.scalars(select(Certificate).where(Certificate.step != "signed")):
        if each.round_id is not None:
            begun.setdefault(each.round_id, set()).update(each.layers)
    return begun


def _free(left: Due, held: Held, round_: Round) -> Due:
    if held.voices_of(round_):
        return Due()
    return replace(left, tallies=left.tallies and not held.results_of(round_))


def _kept(left: Due, held: Held, round_: Round) -> Due:
    if held.voices_of(round_):
        return left
    return Due(tallies=left.tallies and held.results_of(round_))

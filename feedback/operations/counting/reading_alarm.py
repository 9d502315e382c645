"""Whether what children write is read in time: who has to be told, and who has looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry, Part, Reader, Round, StaffMember
from feedback.models.reading import HANDED_OUT, LATE
from feedback.operations.rounds.readers import read_by
from feedback.operations.rounds.series import WAITING, counted_with
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway

#: The chore that `hand_out` notes; it stands here because that module brings all of analysis along.
HAND_OUT = "hand-out"
_CHECKED = "queue_checked"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Titles of rounds with words that were not read on their day, and of those nobody has looked at since it.

    `keys_away`: what is written since cannot be opened by the worker.
    """

    late: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    keys_away: bool = False

    def __bool__(self) -> bool:
        return bool(self.late or self.unchecked or self.keys_away)


def alarm(school: School, *, today: date) -> Alarm:
    """What has to be cured today. Where letters go out, nobody needs to sign that nothing was there."""
    with reading(school.engine) as session:
        rounds = [each for each in session.scalars(select(Round).order_by(Round.title)) if each.read_languages]
        late = set(session.scalars(select(Part.round_id).where(Part.state == LATE).distinct()))
        open_ = [each for each in rounds if counted_with(session, each).state in WAITING]
        checked = {each.id: _last_checked(session, each.id) for each in open_}
        titles = tuple(each.title for each in rounds if each.id in late)
        since = _school_day_before(school, today)
        asked = [each for each in open_ if each.opens_at.date() < since] if not school.settings.smtp_host else []
        unchecked = tuple(each.title for each in asked if (checked[each.id] or date.min) < since)
    return Alarm(titles, unchecked, bool(open_) and _is_keeper_away(school))


def accounts_to_tell(school: School) -> dict[str, bool]:
    """The accounts with something on their desk to read: whether some of it is late."""
    with reading(school.engine) as session:
        waiting = dict[str, bool]()
        for round_id, state in session.execute(
            select(Part.round_id, Part.state).where(Part.state.in_((HANDED_OUT, LATE))).distinct()
        ):
            waiting[round_id] = waiting.get(round_id, False) or state == LATE
        return _told(session, waiting)


def _told(session: Session, waiting: Mapping[str, bool]) -> dict[str, bool]:
    told: dict[str, bool] = {}
    named = set(session.scalars(select(Reader.staff_id).distinct()))
    for member in session.scalars(select(StaffMember).where(StaffMember.id.in_(named)).order_by(StaffMember.account)):
        ours = waiting.keys() & read_by(session, member).keys()
        if ours:
            told[member.account] = any(waiting[each] for each in ours)
    return told


def _last_checked(session: Session, round_id: str) -> date | None:
    """The last day on which a reader or deputy signed; the facts of what staff did say it in the school's own days."""
    entry = session.scalar(
        select(AuditEntry)
        .where(AuditEntry.action == _CHECKED, AuditEntry.object_id == round_id)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    return date.fromisoformat(str(entry.facts["on"])) if entry else None


def _school_day_before(school: School, today: date) -> date:
    return school.settings.calendar.school_days_before(today, 1)


def _is_keeper_away(school: School) -> bool:
    """Only the worker can tell; a page's user may not read the keeper's folder, and says that nothing is known."""
    if not (school.settings.keystore / "keeper").exists():
        return False
    try:
        school.keystore.queue.keeper.private()
    except KeeperAway as away:
        return not isinstance(away.__cause__, PermissionError)
    return False

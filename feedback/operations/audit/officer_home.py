"""What the privacy officer looks at once a week, beside what is due: what waits, who looked, what was proved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import AuditEntry, Round, SlipRequest, StaffMember
from feedback.operations.audit.incidents import IncidentSeen, incidents, open_incidents
from feedback.operations.audit.listed import Seen, Wanted, find_entries
from feedback.operations.audit.proof_runs import Run, proof_runs
from feedback.operations.heads import DayHead, latest_head
from feedback.operations.school import School
from feedback.operations.two_people import open_requests
from feedback.operations.workshop.form_checks import checked_for_officer
from feedback.privacy.permissions import Action, reach

_LOOKS, _SHOWN = timedelta(days=7), 5


@dataclass(frozen=True, slots=True)
class Watch:
    """`topics`: forms with a topic to decide; `requests`: what waits for this account's yes; `drilled`: the last drill
    of restoring. `looks` are the newest of the last seven days, `more_looks` whether there are more."""

    slips: Sequence[Round]
    topics: int
    requests: int
    incidents: Sequence[IncidentSeen]
    looks: Sequence[Seen]
    more_looks: bool
    looks_since: date
    proved: Run | None
    drilled: date | None
    head: DayHead | None

    @property
    def nothing_waits(self) -> bool:
        """Whether nothing of it asks for a decision."""
        return not (self.slips or self.topics or self.requests or self.incidents)


def officer_home(school: School, by: StaffMember, *, now: datetime) -> Watch | None:
    """For a privacy officer; None for everybody else."""
    if reach(Action.RUN_PROOFS, by.roles) is None:
        return None
    since = school.settings.day_of(now) - _LOOKS
    looks = find_entries(school, by, Wanted(action="looked_at", since=since), most=_SHOWN)
    forms = checked_for_officer(school, by)
    with reading(school.engine) as session:
        slips, drilled_at = _waiting_for_slips(session, by), _last(session, "restore_drilled")
        session.expunge_all()
    return Watch(
        slips=slips,
        topics=sum(any(each.stands_in_the_way for each in form.remarks) for form in forms),
        requests=sum(each.may_answer for each in open_requests(school, by, now=now)),
        incidents=open_incidents(incidents(school, by)),
        looks=looks.entries,
        more_looks=looks.older is not None,
        looks_since=since,
        proved=next((run for run in proof_runs(school, by, now=now) if run.what == "prove"), None),
        drilled=school.settings.day_of(drilled_at) if drilled_at else None,
        head=latest_head(school),
    )


def _waiting_for_slips(session: Session, by: StaffMember) -> list[Round]:
    """Open rounds for which somebody else asked for more slips."""
    asked = select(SlipRequest.round_id).where(SlipRequest.approved_by_id.is_(None), SlipRequest.asked_by_id != by.id)
    return list(session.scalars(select(Round).where(Round.id.in_(asked), Round.state == "open").order_by(Round.title)))


def _last(session: Session, action: str) -> datetime | None:
    newest = select(AuditEntry.at).where(AuditEntry.action == action).order_by(AuditEntry.number.desc()).limit(1)
    return session.scalar(newest)

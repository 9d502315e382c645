"""A draft round's own report, before anybody is asked: filled with made-up answers at the group sizes that were typed.

Nothing is stored, and no real answer is looked at.
"""

from dataclasses import dataclass

from feedback.models import StaffMember
from feedback.operations.errors import WrongState
from feedback.operations.results.release import criterion_of, secondary_of
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.operations.rounds.made_up_report import MadeUpReport, People, made_up_report
from feedback.operations.school import School
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft round, and the report that it would have with made-up answers."""

    status: RoundStatus
    report: MadeUpReport


def preview_of(school: School, by: StaffMember, round_id: str) -> Preview:
    """The preview of a draft. NotPermitted, NotFound for somebody else's; WrongState once it has opened."""
    status = round_for(school, by, round_id, Action.CHANGE_ROUNDS)
    round_, instrument = status.round, status.instrument
    if round_.state != "draft":
        raise WrongState(round_.state)
    asked = People(
        round_.group_size,
        round_.k,
        {str(group["name"]): group["size"] for group in round_.groups},
        round_.breakdowns,
        round_.group_size if round_.slips else None,
    )
    report = made_up_report(
        instrument,
        asked,
        seed=round_.id,
        criterion=criterion_of(round_, instrument),
        secondary=secondary_of(round_, instrument),
    )
    return Preview(status, report)

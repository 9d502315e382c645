"""Sheets of paper that came back: typed in at the desk, into the same box as everybody's answers.

No entry is noted anywhere: a list of who typed when would be a list of when papers went into the box.
"""

from collections.abc import Mapping
from datetime import datetime

from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.answers.publish import Asked, asked_of
from feedback.operations.answers.respond import accept
from feedback.operations.errors import NotFound, WrongState
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.box import PAPER
from feedback.privacy.permissions import Action
from forms.questions.base import Answer


def takes_sheets(school: School, by: StaffMember, round_id: str, *, group: str = "", now: datetime) -> Asked:
    """The round whose sheets can be typed in now; WrongState before it opens and after its last day for paper."""
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.TYPE_SHEETS, round_)
        if round_.state != "open" or not round_.opens_at <= now < round_.box_shuts_at:
            raise WrongState(round_.state)
        if group not in {"", *(each["code"] for each in round_.groups)}:
            raise NotFound(round_id)
        return asked_of(school, round_, group or None)


def put_in_sheet(
    school: School,
    by: StaffMember,
    round_id: str,
    form_key: str,
    answers: Mapping[str, Answer],
    *,
    group: str = "",
    slip: str = "",
    now: datetime,
) -> bool:
    """Seal one sheet into the round's box; False if this very entry is in it already.

    As `respond.accept`, whose receipt nobody gets: it belongs to whoever filled in the sheet.
    """
    asked = takes_sheets(school, by, round_id, group=group, now=now)
    return not accept(school, asked, form_key, answers, slip=slip, mode=PAPER, now=now).again

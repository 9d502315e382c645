"""Freezing a pilot: the collecting ends, and what its reports say stands as it is from then on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import Pilot, Release, Round, StaffMember
from feedback.operations.errors import WrongState
from feedback.operations.evidence.frozen import freeze_evidence
from feedback.operations.pilots.life import move
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action

#: State of a round -> why its pilot cannot be frozen meanwhile.
_NOT_YET = {"open": "round_open", **dict.fromkeys(("closed", "counting", "counted"), "round_not_counted")}


def freeze(school: School, by: StaffMember, pilot_id: str, *, now: datetime) -> None:
    """End the collecting. WrongState("round_open", "round_not_counted", "nothing_released" or "pilot_" and a state)."""
    with writing(school.engine) as session:
        pilot = find_pilot(session, pilot_id)
        allow(by, Action.CHANGE_PILOTS, pilot)
        move(session, pilot, "frozen", account=by.account, now=now)
        _refuse_unfinished(session, pilot)
        freeze_evidence(session, school, pilot, school.settings.day_of(now))


def _refuse_unfinished(session: Session, pilot: Pilot) -> None:
    for state in session.scalars(select(Round.state).where(Round.pilot_id == pilot.id)):
        if state in _NOT_YET:
            raise WrongState(_NOT_YET[state])
    if session.scalar(select(Release.id).join(Round).where(Round.pilot_id == pilot.id).limit(1)) is None:
        raise WrongState("nothing_released")

"""Until when a review may go on: its last day, and what has ended it before."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Release, Round
from feedback.operations.errors import AlreadyReleased, ResultsPurged, ReviewOver
from feedback.operations.school import School

#: School days between the last day to sign and the day on which people hear back: time to print and to prepare.
DAYS_TO_PREPARE = 2


def sign_by(school: School, round_: Round) -> date:
    """The last day on which the review may be signed: two school days before people hear back."""
    # A round is counted only with a promise date ("no_round_without_a_promise_date").
    return school.settings.calendar.school_days_before(round_.promise_on or date.max, DAYS_TO_PREPARE)


def refuse_late(school: School, round_: Round, *, today: date) -> None:
    """ReviewOver once the last day to sign is over: what is unreviewed then is left out for ever."""
    if today > (last_day := sign_by(school, round_)):
        raise ReviewOver(round_.id, last_day)


def refuse_ended(session: Session, round_: Round) -> None:
    """ResultsPurged where the comments are gone, AlreadyReleased where the review is signed."""
    if round_.comments_purged_on is not None:
        raise ResultsPurged(round_.id)
    if session.scalar(select(Release.id).where(Release.round_id == round_.id, Release.part == "words")):
        raise AlreadyReleased(round_.id)


def day_of(school: School, now: datetime) -> date:
    """The day in the school's time zone; `now` is UTC, naive."""
    return now.replace(tzinfo=UTC).astimezone(school.settings.zone).date()

"""What keeps a round from opening beside its pilot and its words: the form's yes for this school year, the families'
notice and say, and how large a crowd it waits for. Samples ask nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Round
from feedback.operations.errors import NoticeRunning, NotReady
from feedback.operations.rounds.family_notices import NoticeClock, notice_clock
from feedback.operations.rounds.form_approvals import is_approved
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.operations.workshop.round_form import read_instrument


@dataclass(frozen=True, slots=True)
class MayOpen:
    """Codes of what is missing, in the order in which it is done; and the clock, for the words about it."""

    missing: tuple[str, ...]
    clock: NoticeClock | None = None
    k_team: int = 0


def may_open(school: School, round_: Round, *, now: datetime) -> MayOpen:
    """What keeps this draft from opening, for its page."""
    if round_.state != "draft" or round_.imported or round_.sample:
        return MayOpen(())
    with reading(school.engine) as session:
        return _look(session, school, session.get_one(Round, round_.id), now)


def refuse_unlawful(session: Session, school: School, round_: Round, *, now: datetime) -> None:
    """NotReady with the codes; NoticeRunning where nothing is missing but days, with the day from which it can open."""
    if round_.sample:
        return
    found = _look(session, school, round_, now)
    if found.missing == ("notice_days",) and found.clock and found.clock.opens_from:
        raise NoticeRunning(found.clock.opens_from)
    if found.missing:
        raise NotReady(*found.missing)


def _look(session: Session, school: School, round_: Round, now: datetime) -> MayOpen:
    clock = notice_clock(session, school, round_)
    k_team = rules_in(session, school.settings).k_team
    codes = list(clock.missing(_first_day(school, round_, now)))
    if not is_approved(session, school, read_instrument(round_.instrument.body), now=now):
        codes.insert(0, "form_approval")
    if round_.k < k_team:
        codes.insert(0, "k_of_rules")
    return MayOpen(tuple(codes), clock, k_team)


def _first_day(school: School, round_: Round, now: datetime) -> date:
    """The day on which respondents are let in: today, or later where its first moment is."""
    return school.settings.day_of(max(now, round_.opens_at))

"""The promise meter: what the people who answered were promised, and what of it was kept.

A round promises, before anybody answers, a day by which people hear back. A reply may promise something more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from analysis.summary import Reader
from feedback.db import reading
from feedback.models import BookEntry, Round, StaffMember
from feedback.operations.errors import StillInTheBox
from feedback.operations.pilots.entries.replied import Reply
from feedback.operations.results.read_release import read_released
from feedback.operations.results.read_replies import PUBLIC_STATES
from feedback.operations.school import School
from feedback.privacy.permissions import Action, Reach, reach

#: Kept by its day, or later; not kept, and the day is still to come, or over.
Kept = Literal["kept", "late", "due", "overdue"]
#: Rounds that people have been or are being asked in, and whose box was, or may yet be, opened.
_ASKED = ("open", "closed", "counting", "counted", "scrubbed")


@dataclass(frozen=True, slots=True)
class Owed:
    """One promise. `question` is what the reply is about; None for the round's own promise.

    `can_be_answered`: the round was counted, so that there is something to answer.
    """

    round_id: str
    title: str
    question: str | None
    due: date
    role: str
    can_be_answered: bool


@dataclass(frozen=True, slots=True)
class Promises:
    """How many promises were kept by their day, were kept late, and are still due; and which are overdue."""

    kept: int
    late: int
    due: int
    overdue: tuple[Owed, ...]

    @property
    def any(self) -> bool:
        """Whether anything was ever promised."""
        return bool(self.kept or self.late or self.due or self.overdue)


def promises_of(school: School, by: StaffMember, today: date) -> Promises:
    """The promises of the rounds this account may answer, the longest overdue first; none for others.

    A round's promise is kept by a published reply. Where the release says nothing of any question, there is nothing to
    answer, and the release itself keeps it. Samples, imported rounds and boxes that did not fill promise nothing here.
    """
    how_far = reach(Action.REPLY, by.roles)
    if how_far is None:
        return Promises(0, 0, 0, ())
    asked = _that_promise()
    if how_far is Reach.OWN:
        asked = asked.where(Round.owner_id == by.id)
    with reading(school.engine) as session:
        replies = _public_replies(session)
        tallied = [
            (kept_by(owed.due, told, today), owed)
            for round_ in session.scalars(asked)
            for owed, told in _promised(session, round_, replies.get(round_.id, []))
        ]
    states = [state for state, _ in tallied]
    overdue = sorted((owed for state, owed in tallied if state == "overdue"), key=lambda owed: owed.due)
    return Promises(states.count("kept"), states.count("late"), states.count("due"), tuple(overdue))


def promised_by(session: Session, pilot_id: str) -> tuple[tuple[Owed, date | None], ...]:
    """The promises of a pilot's rounds, in order of their days, each with the day on which it was kept.

    For reports, which say the same on every day: who reads them compares the days.
    """
    replies = _public_replies(session)
    rounds = session.scalars(_that_promise().where(Round.pilot_id == pilot_id))
    found = [each for round_ in rounds for each in _promised(session, round_, replies.get(round_.id, []))]
    return tuple(sorted(found, key=lambda each: (each[0].due, each[0].title, each[0].question or "")))


def kept_by(due: date, done: date | None, today: date) -> Kept:
    """How a promise for the day `due` stands, which was done on the day `done` or is not done."""
    if done is not None:
        return "kept" if done <= due else "late"
    return "due" if due >= today else "overdue"


def _that_promise() -> Select[Round]:
    """Rounds that promised something to people who were asked here."""
    return select(Round).where(
        Round.state.in_(_ASKED),
        Round.promise_on.is_not(None),
        Round.tallies_purged_on.is_(None),
        Round.sample.is_(False),
        Round.imported.is_(False),
        # An exit ticket is asked every day, and its results are its answer: it would fill the meter by itself.
        Round.ticket_id.is_(None),
    )


def _promised(session: Session, round_: Round, replies: list[tuple[Reply, str]]) -> Iterator[tuple[Owed, date | None]]:
    """Each promise of a round, its own one first, with the day on which it was kept."""
    told = min((body.published_on for body, _ in replies if body.published_on is not None), default=None)
    counted = round_.state == "scrubbed"
    if round_.promise_on is not None:
        told = told or (_nothing_to_answer(session, round_) if counted else None)
        yield Owed(round_.id, round_.title, None, round_.promise_on, "", counted), told
    for body, role in replies:
        if body.due is not None:
            yield Owed(round_.id, round_.title, body.question, body.due, role, counted), body.kept_on


def _nothing_to_answer(session: Session, round_: Round) -> date | None:
    """The day of a counted round's release that says nothing of any question; None where it says something."""
    try:
        public = read_released(session, round_, Reader.PUBLIC)
    except StillInTheBox:
        # Counted a moment ago, and not released yet.
        return None
    says_nothing = all(each.headline.kind == "too_few" for each in public.summary.questions)
    return public.released_on if says_nothing else None


def _public_replies(session: Session) -> dict[str, list[tuple[Reply, str]]]:
    """Round id -> its public replies, each with the role that looks after it."""
    found: dict[str, list[tuple[Reply, str]]] = {}
    query = select(BookEntry).where(BookEntry.kind == "reply", BookEntry.state.in_(PUBLIC_STATES))
    for entry in session.scalars(query.order_by(BookEntry.id)):
        found.setdefault(entry.round_id or "", []).append((Reply.model_validate(entry.body), entry.role))
    return found

"""Meetings about a pilot: timed reviews with an agenda, what was noted there, and the lessons that are learned."""

from dataclasses import dataclass
from datetime import datetime

from feedback.models import StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.pilots.book import Entry, NewEntry, change_entry, entry_for, write_entry
from feedback.operations.pilots.entries.base import Body
from feedback.operations.pilots.entries.thought import Conversation, Lesson, Review
from feedback.operations.school import School

#: Kinds of entries that are notes of a meeting.
NOTES = ("review", "debrief", "after_action", "conversation")
#: A pattern has at least two explanations until somebody has looked.
FEWEST_CAUSES = 2


@dataclass(frozen=True, slots=True)
class TimeBox:
    """One thing on the agenda, and from which to which minute of the meeting it is talked about."""

    what: str
    first: int
    last: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.last - self.first


def time_boxes(review: Review) -> tuple[TimeBox, ...]:
    """The agenda with its minutes shared out evenly; what does not divide goes to the last ones, which decide."""
    count = len(review.agenda)
    marks = [review.minutes * n // count for n in range(count + 1)] if count else []
    return tuple(TimeBox(what, first, last) for what, first, last in zip(review.agenda, marks, marks[1:], strict=False))


def keep_notes(school: School, by: StaffMember, pilot_id: str, kind: str, notes: Body, *, now: datetime) -> str:
    """The id of a meeting's new entry; its kind is one of NOTES.

    NotReady("causes") for a data conversation with fewer than two rival causes, "agenda" for a review about nothing,
    "nothing" for notes without a word.
    """
    if kind not in NOTES:
        raise NotFound(kind)
    _refuse_unfit(notes)
    return write_entry(school, by, pilot_id, NewEntry(kind, notes), now=now)


def note_review(school: School, by: StaffMember, entry_id: str, notes: str, *, now: datetime) -> None:
    """What came of a review, once it was held. NotFound for anything that is no review."""
    entry = meeting_for(school, by, entry_id, "review")
    change_entry(school, by, entry_id, body={**entry.body, "notes": notes}, state="held", now=now)


def meeting_for(school: School, by: StaffMember, entry_id: str, *kinds: str) -> Entry:
    """One meeting of these kinds (any, where none is named). NotFound."""
    entry = entry_for(school, by, entry_id)
    if entry.kind not in (kinds or NOTES):
        raise NotFound(entry_id)
    return entry


def learn(school: School, by: StaffMember, pilot_id: str, lesson: Lesson, *, now: datetime) -> None:
    """Add to the lesson log; what is in it stays (`book.FOR_GOOD`)."""
    write_entry(school, by, pilot_id, NewEntry("lesson", lesson), now=now)


def _refuse_unfit(notes: Body) -> None:
    if isinstance(notes, Review):
        if not notes.agenda:
            raise NotReady("agenda")
    elif not any(notes.model_dump().values()):
        raise NotReady("nothing")
    elif isinstance(notes, Conversation) and len({each.casefold() for each in notes.causes}) < FEWEST_CAUSES:
        raise NotReady("causes")

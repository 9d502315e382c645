"""R6, the brief: a pilot on one side for other schools' sake (domain.md, row 63)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.operations.pilots.book import read_entries
from feedback.operations.reports.kinds.kind import Report, Room, Said
from feedback.operations.reports.kinds.of_the_pilot import OfThePilot
from feedback.operations.reports.kinds.pilot import pilot_report
from feedback.operations.reports.kinds.teacher import public_words
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class Brief(OfThePilot):
    """The pilot report's facts, why it was tried, and what the team would change: from its meetings and lessons."""

    why: Said
    change: tuple[str, ...]


def brief(session: Session, school: School, pilot_id: str, language: str) -> Brief:
    """What the brief says; NotFound."""
    told = pilot_report(session, school, pilot_id, language)
    return Brief(told, public_words(told.evidence.plan.words, "why", language), _would_change(session, pilot_id))


def _would_change(session: Session, pilot_id: str) -> tuple[str, ...]:
    """The newest debrief's and after-action review's words, else the lessons."""
    debriefs = read_entries(session, pilot_id, "debrief")
    reviews = read_entries(session, pilot_id, "after_action")
    found = [*(debriefs[-1].body["adjust"] if debriefs else ()), *(each.body["improve"] for each in reviews[-1:])]
    lessons = [each.body["learned"] for each in read_entries(session, pilot_id, "lesson")]
    return tuple(dict.fromkeys(text for text in found or lessons[::-1] if text))


BRIEF = Report(
    kind="brief",
    scope="pilot",
    catalogue=Catalogue.STAFF,
    facts=brief,
    sides=1,
    rooms=(Room("plain", themes=4), Room("snug", themes=4), Room("tight", themes=3), Room("tight", themes=2)),
    template="reports/handout.html",
)

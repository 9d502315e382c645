"""The data-conversation handout: notice, wonder, rival causes, check, do, on one side (domain.md, row 44)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from analysis.summary import Reader, Summary
from feedback.i18n import Catalogue
from feedback.operations.pilots.book import read_entries
from feedback.operations.pilots.meetings import FEWEST_CAUSES
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said
from feedback.operations.reports.kinds.teacher import cell_words, marks_of, public_words, question_words, round_with_all
from feedback.operations.results.read_release import read_released
from feedback.operations.school import School
from feedback.operations.schools import name_for
from feedback.operations.workshop.round_form import form_of


@dataclass(frozen=True, slots=True)
class Talk:
    """What a round found, and what was said about it: the newest `entries.Conversation`, None for lines to fill in."""

    school: str
    title: Said
    round_title: str
    summary: Summary
    questions: Mapping[str, Said]
    labels: Mapping[str, Mapping[str, Said]]
    said: Mapping[str, Any] | None
    marks: tuple[Mark, ...]
    release: str
    released_on: date


def conversation(session: Session, school: School, round_id: str, language: str) -> Talk:
    """What the handout says; StillInTheBox or NotEnoughVoices where there is nothing to talk about."""
    round_ = round_with_all(session, round_id)
    released = read_released(session, round_, Reader.TEAM)
    instrument = form_of(round_)
    held = read_entries(session, round_.pilot_id, "conversation")
    # One about this round, or else the newest about the pilot.
    mine = [each for each in held if each.round_id == round_id] or [each for each in held if not each.round_id]
    return Talk(
        school=name_for(school, round_.pilot),
        title=public_words(round_.pilot.words, "title", language),
        round_title=round_.title,
        summary=released.summary,
        questions=question_words(instrument, language),
        labels=cell_words(instrument, language),
        said=mine[-1].body if mine else None,
        marks=marks_of(round_, released.summary),
        release=released.figures_sha256[:12],
        released_on=released.released_on,
    )


def _arranged(page: Talk, _room: Room) -> dict[str, Any]:
    causes = tuple(page.said["causes"]) if page.said else ()
    return {"causes": causes + ("",) * (FEWEST_CAUSES - len(causes))}


CONVERSATION = Report(
    kind="conversation",
    scope="round",
    catalogue=Catalogue.STAFF,
    facts=conversation,
    sides=1,
    rooms=(Room("roomy", themes=3), Room("plain", themes=3), Room("snug", themes=3), Room("tight", themes=2)),
    arrange=_arranged,
    template="reports/handout.html",
)

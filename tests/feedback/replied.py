"""A class that was asked and counted, and replies to it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from analysis.summary import TooFew, freeze_summary, thaw_summary
from feedback.models import Release, Round, StaffMember
from feedback.operations.pilots.entries.replied import ReadyText, Said
from feedback.operations.results.reply_words import NewReply
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.factories import a_round, a_staff_member

AGREE = Said(ready=ReadyText(code="agree"))


def a_counted_round(school: School, **facts: Any) -> tuple[StaffMember, Round]:
    """A class of nine- to eleven-year-olds, asked in English, Arabic and Spanish; most want the app again."""
    teacher = a_staff_member(school)
    round_ = a_round(school, **{"group_size": 60, "owner_id": teacher.id, **facts})
    delighted: dict[str, Answer] = {"again": "yes", "liked": ("games",)}
    fill_and_count(school, round_, *[delighted] * 33, *[{"again": "no"}] * 7)
    return teacher, round_


def hide_from_everybody(school: School, round_: Round) -> None:
    """The public's release, as if too few had answered any one question to show it."""
    with Session(school.engine) as session, session.begin():
        release = session.query(Release).filter_by(round_id=round_.id, reader="public", part="figures").one()
        summary = thaw_summary(release.body)
        hidden = tuple(replace(each, headline=TooFew(), bars=()) for each in summary.questions)
        release.body = freeze_summary(replace(summary, questions=hidden, findings=()))


def ready(code: str, **values: str) -> Said:
    """A side said with a ready sentence."""
    return Said(ready=ReadyText(code=code, values=values))


def a_reply(
    answer: Said, answer_is: Any = "did", *, thought: Said = AGREE, question: str = "again", due: date | None = None
) -> NewReply:
    """A reply to a question, signed by the class teacher's role."""
    return NewReply(question, thought, answer, answer_is, "Class teacher", due)

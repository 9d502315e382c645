"""Next steps: suggested by the instrument, worded by the teacher before printing. They never change a release."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.summary import Finding
from feedback.db import reading, writing
from feedback.models import NextStep, StaffMember
from feedback.operations.record import record
from feedback.operations.results.read_release import Released
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from forms.definition import Instrument
from forms.wording import say

_LONGEST = 600


def next_steps(school: School, released: Released, instrument: Instrument, language: str) -> dict[str, str]:
    """Question id -> next step of each finding that allows one: the teacher's words, else the instrument's."""
    with reading(school.engine) as session:
        steps = steps_of(session, released, instrument, language)
    return {question: text for question, (text, _language) in steps.items()}


def steps_of(session: Session, released: Released, instrument: Instrument, language: str) -> dict[str, tuple[str, str]]:
    """The same, as (text, the language it is in)."""
    worded = worded_steps(session, released.figures_id, language)
    return {
        finding.question: (worded[finding.question], language) if finding.question in worded else suggested
        for finding in released.summary.findings
        if (suggested := suggestion(finding, instrument, language))
    }


def suggestion(finding: Finding, instrument: Instrument, language: str) -> tuple[str, str] | None:
    """The instrument's suggestion and its language; None where the answers do not tell, or it has none."""
    steps = instrument.question(finding.question).next_steps
    if finding.level is None or steps is None:
        return None
    return say(getattr(steps, finding.level.value), language)


def word_next_step(
    school: School, by: StaffMember, released: Released, question: str, language: str, text: str, *, now: datetime
) -> None:
    """Keep the teacher's wording, at most 600 characters; an empty one goes back to the suggestion."""
    with writing(school.engine) as session:
        allow(by, Action.WORD_NEXT_STEPS, find_round(session, released.round_id))
        session.execute(
            delete(NextStep).where(
                NextStep.release_id == released.figures_id,
                NextStep.question == question,
                NextStep.language == language,
            )
        )
        if text.strip():
            session.add(
                NextStep(
                    release_id=released.figures_id, question=question, language=language, text=text.strip()[:_LONGEST]
                )
            )
        record(session, now, by.account, "next_step_worded", released.round_id)


def worded_steps(session: Session, figures_id: str, language: str) -> dict[str, str]:
    """Question id -> the teacher's words."""
    found = session.scalars(select(NextStep).where(NextStep.release_id == figures_id, NextStep.language == language))
    return {step.question: step.text for step in found}

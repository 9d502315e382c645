"""The steps of a review: each remembers what was there before it, and can be undone until the review is signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import writing
from feedback.models import Comment, ReviewStep, Round, StaffMember, Theme
from feedback.operations.counting.comments import (
    OpenedComment,
    Reading,
    open_comment,
    open_wordings,
    seal_reading,
    seal_wordings,
)
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.review.hours import day_of, refuse_ended, refuse_late
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.privacy.sealed_text import open_text, seal_text

_THEME = ("label", "decision", "quotes", "merged_into", "renamed")
#: What a reviewer changes of a reading.
_READING = ("themes", "confidence", "mood", "mood_confidence", "by_hand", "machine_themes", "machine_mood")


@dataclass(frozen=True, slots=True)
class LastStep:
    """The step that can be undone now: what kind it was, as the audit names it."""

    id: str
    kind: str


@dataclass(slots=True)
class Step:
    """A review's transaction: what is to be changed is asked for here, and is remembered as it was."""

    school: School
    session: Session
    round: Round
    before: dict[str, dict[str, Any]] = field(default_factory=lambda: {"themes": {}, "comments": {}})

    def theme(self, theme_id: str) -> Theme:
        """One theme of the round, to change; NotFound where it has none of this id."""
        theme = self.session.get(Theme, theme_id)
        if theme is None or theme.round_id != self.round.id:
            raise NotFound(theme_id)
        if theme_id not in self.before["themes"]:
            was = {name: getattr(theme, name) for name in _THEME}
            self.before["themes"][theme_id] = {**was, "wordings": open_wordings(self.school, theme)}
        return theme

    def themes(self, question: str) -> dict[str, Theme]:
        """The themes of a question by code, to look at."""
        of_question = select(Theme).where(Theme.round_id == self.round.id, Theme.question == question)
        return {theme.code: theme for theme in self.session.scalars(of_question)}

    def make_theme(self, question: str, code: str, label: str) -> Theme:
        """A theme of a person's own, accepted from the start."""
        theme = Theme(round_id=self.round.id, question=question, code=code, label=label, decision="accepted")
        self.session.add(theme)
        self.session.flush()
        self.before["themes"][theme.id] = None
        return theme

    def comment(self, comment_id: str) -> OpenedComment:
        """One comment of the round, to change; NotFound where it has none, NotReady("reading") before analysis."""
        comment = self.session.get(Comment, comment_id)
        if comment is None or comment.round_id != self.round.id:
            raise NotFound(comment_id)
        opened = open_comment(self.school, comment)
        if opened.reading is None:
            raise NotReady("reading")
        self.before["comments"].setdefault(comment_id, {name: getattr(opened.reading, name) for name in _READING})
        return opened

    def read_anew(self, comment: OpenedComment, reading: Reading) -> None:
        """Keep another reading of a comment."""
        row = self.session.get_one(Comment, comment.id)
        row.sealed_reading = seal_reading(self.school, self.round.id, comment.question, reading)


@contextmanager
def reviewing(school: School, by: StaffMember, round_id: str, kind: str, *, now: datetime) -> Iterator[Step]:
    """One step of the review by somebody who may, in time and before it is signed; kept and recorded if it succeeds."""
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        refuse_ended(session, round_)
        refuse_late(school, round_, today=day_of(school, now))
        step = Step(school, session, round_)
        yield step
        contents = {"kind": kind, **step.before}
        sealed = seal_text(contents, school.keystore.data_key(round_id), bound_to=_bound(round_id))
        session.add(ReviewStep(round_id=round_id, number=_number(session, round_id) + 1, sealed=sealed))
        record(session, now, by.account, kind, round_id)


def last_step(school: School, session: Session, round_id: str) -> LastStep | None:
    """The step that would be undone; None before the first one."""
    kept = _last(session, round_id)
    return LastStep(kept.id, _contents(school, kept)["kind"]) if kept else None


def undo_step(school: School, by: StaffMember, round_id: str, step_id: str, *, now: datetime) -> tuple[str, ...] | None:
    """Put back what the last step changed; the ids of the comments it had sorted.

    None, and nothing is done, if another step is the last one by now.
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        refuse_ended(session, round_)
        refuse_late(school, round_, today=day_of(school, now))
        kept = _last(session, round_id)
        if kept is None or kept.id != step_id:
            return None
        before = _contents(school, kept)
        for theme_id, was in before["themes"].items():
            _put_theme_back(school, session, theme_id, was)
        for comment_id, was in before["comments"].items():
            _put_reading_back(school, session, comment_id, was)
        session.delete(kept)
        record(session, now, by.account, "review_step_undone", round_id)
        return tuple(before["comments"])


def forget_steps(session: Session, round_id: str) -> None:
    """Once a review is signed nothing can be undone, and what was there before is nobody's business."""
    session.execute(delete(ReviewStep).where(ReviewStep.round_id == round_id))


def _put_theme_back(school: School, session: Session, theme_id: str, was: dict[str, Any] | None) -> None:
    theme = session.get_one(Theme, theme_id)
    if was is None:
        session.delete(theme)
        return
    for name in _THEME:
        setattr(theme, name, was[name])
    theme.sealed_wordings = seal_wordings(school, theme, was["wordings"])


def _put_reading_back(school: School, session: Session, comment_id: str, was: dict[str, Any]) -> None:
    comment = session.get_one(Comment, comment_id)
    opened = open_comment(school, comment)
    if opened.reading is not None:
        lists = {name: tuple(was[name]) for name in ("themes", "machine_themes")}
        reading = replace(opened.reading, **{**was, **lists})
        comment.sealed_reading = seal_reading(school, comment.round_id, comment.question, reading)


def _last(session: Session, round_id: str) -> ReviewStep | None:
    steps = select(ReviewStep).where(ReviewStep.round_id == round_id).order_by(ReviewStep.number.desc())
    return session.scalar(steps.limit(1))


def _number(session: Session, round_id: str) -> int:
    last = _last(session, round_id)
    return last.number if last else 0


def _contents(school: School, step: ReviewStep) -> dict[str, Any]:
    data_key = school.keystore.data_key(step.round_id)
    return open_text(step.sealed, data_key, bound_to=_bound(step.round_id))


def _bound(round_id: str) -> str:
    return f"{round_id} review"

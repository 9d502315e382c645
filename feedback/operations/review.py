"""Review: a person accepts themes, corrects what comments belong to, and approves at most three quotes a theme."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.disclosure import FEWEST_FOR_WORDS, people_band
from analysis.summary import People, QuestionWords, Quote, Reader, ThemeFigure, TooFew, Words
from feedback.db import reading, writing
from feedback.models import Comment, Release, Round, StaffMember, Theme
from feedback.operations.comments import OpenedComment, open_comments, open_phrases, seal_reading
from feedback.operations.errors import AlreadyReleased, NotFound, NotReady, ResultsPurged, ReviewOver
from feedback.operations.record import record
from feedback.operations.rounds import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, may, reach

MOST_QUOTES = 3
OTHER = "other"
#: School days between the last day to sign and the day on which people hear back: time to print and to prepare.
DAYS_TO_PREPARE = 2


@dataclass(frozen=True, slots=True)
class ThemeInReview:
    """One theme of one question with the comments behind it, in random order."""

    theme: Theme
    comments: tuple[OpenedComment, ...]
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionInReview:
    """What people wrote to one question: `too_few` where nobody may look, for so few could be known by their words."""

    question: str
    too_few: bool
    themes: tuple[ThemeInReview, ...]
    other: tuple[OpenedComment, ...]


def review_of(school: School, by: StaffMember, round_id: str) -> tuple[QuestionInReview, ...]:
    """The round's comments for its reviewers; NotPermitted for others, AlreadyReleased once the words are out."""
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        _refuse_ended(session, round_)
        themes = _themes(session, round_id)
        by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
        for comment in open_comments(school, session, round_id):
            by_question[comment.question].append(comment)
        phrases = {theme.id: open_phrases(school, theme) for theme in themes}
        session.expunge_all()
    return tuple(_in_review(question, comments, themes, phrases) for question, comments in sorted(by_question.items()))


def sign_by(school: School, round_: Round) -> date:
    """The last day on which the review may be signed: two school days before people hear back."""
    # A round is counted only with a promise date ("no_round_without_a_promise_date").
    return school.settings.calendar.school_days_before(round_.promise_on or date.max, DAYS_TO_PREPARE)


def refuse_late(school: School, round_: Round, *, today: date) -> None:
    """ReviewOver once the last day to sign is over: what is unreviewed then is left out for ever."""
    if today > (last_day := sign_by(school, round_)):
        raise ReviewOver(round_.id, last_day)


def rounds_to_review(school: School, by: StaffMember, *, today: date) -> frozenset[str]:
    """Ids of the counted rounds whose comments wait for this account's review; reads no comment."""
    if reach(Action.REVIEW_COMMENTS, by.roles) is None:
        return frozenset()
    with reading(school.engine) as session:
        signed = select(Release.round_id).where(Release.part == "words")
        written = (
            select(Comment.round_id)
            .where(Comment.round_id.not_in(signed))
            .group_by(Comment.round_id, Comment.question)
            .having(func.count() >= FEWEST_FOR_WORDS)
        )
        waiting = session.scalars(select(Round).where(Round.state == "scrubbed", Round.id.in_(written)))
        in_time = [r for r in waiting if today <= sign_by(school, r)]
        mine = [r.id for r in in_time if may(Action.REVIEW_COMMENTS, by.roles, owns=r.owner_id == by.id)]
    return frozenset(round_id for round_id in mine if school.keystore.has_data_key(round_id))


def decide_theme(
    school: School,
    by: StaffMember,
    theme_id: str,
    *,
    decision: str,
    label: str,
    quotes: Collection[str],
    now: datetime,
) -> None:
    """Accept or reject a theme, word it and choose its quotes. NotReady: "decision", "label", "quotes"."""
    with writing(school.engine) as session:
        theme = session.get(Theme, theme_id)
        if theme is None:
            raise NotFound(theme_id)
        round_ = find_round(session, theme.round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        _refuse_ended(session, round_)
        refuse_late(school, round_, today=_day(school, now))
        _refuse_unfit(session, theme, decision, label, quotes)
        theme.decision, theme.label, theme.quotes = decision, label.strip(), sorted(set(quotes))
        record(session, now, by.account, f"theme_{decision}", theme.round_id, theme=theme.code)


def move_comment(school: School, by: StaffMember, comment_id: str, theme: str, *, now: datetime) -> None:
    """Say that a comment belongs to another theme (or to "other")."""
    with writing(school.engine) as session:
        comment = session.get(Comment, comment_id)
        if comment is None:
            raise NotFound(comment_id)
        round_ = find_round(session, comment.round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        _refuse_ended(session, round_)
        refuse_late(school, round_, today=_day(school, now))
        known = {t.code for t in _themes(session, comment.round_id) if t.question == comment.question}
        if theme not in known | {OTHER}:
            raise NotReady("theme")
        opened = next(one for one in open_comments(school, session, comment.round_id) if one.id == comment_id)
        if opened.reading is None:
            raise NotReady("reading")
        themes = () if theme == OTHER else (theme,)
        corrected = replace(opened.reading, themes=themes, confidence=1.0, by_hand=True)
        comment.sealed_reading = seal_reading(school, comment.round_id, comment.question, corrected)
        record(session, now, by.account, "comment_moved", comment.round_id)


def words_for(school: School, session: Session, round_: Round, reader: Reader) -> Words:
    """What one reader may be told of the words: accepted themes that enough people wrote about, approved quotes."""
    by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in open_comments(school, session, round_.id):
        by_question[comment.question].append(comment)
    accepted = [theme for theme in _themes(session, round_.id) if theme.decision == "accepted"]
    questions = []
    for question, comments in sorted(by_question.items()):
        if len(comments) < FEWEST_FOR_WORDS:
            questions.append(QuestionWords(question, TooFew()))
            continue
        figures = [_figure(theme, comments, reader) for theme in accepted if theme.question == question]
        shown = tuple(figure for figure in figures if isinstance(figure.people, People))
        ordered = tuple(sorted(shown, key=lambda figure: (-_low(figure), figure.theme)))
        questions.append(QuestionWords(question, people_band(len(comments), reader=reader), ordered))
    return Words(reader, tuple(questions))


def _figure(theme: Theme, comments: list[OpenedComment], reader: Reader) -> ThemeFigure:
    behind = [comment for comment in comments if comment.reading and theme.code in comment.reading.themes]
    quotes = tuple(
        Quote(comment.text, comment.reading.language)
        for comment in behind
        if comment.id in theme.quotes and comment.reading
    )
    return ThemeFigure(theme.code, theme.label, people_band(len(behind), reader=reader), quotes)


def _low(figure: ThemeFigure) -> int:
    return figure.people.low if isinstance(figure.people, People) else 0


def _in_review(
    question: str, comments: list[OpenedComment], themes: list[Theme], phrases: dict[str, tuple[str, ...]]
) -> QuestionInReview:
    if len(comments) < FEWEST_FOR_WORDS:
        return QuestionInReview(question, True, (), ())
    mine = [theme for theme in themes if theme.question == question]
    behind: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in comments:
        for code in (comment.reading.themes if comment.reading else ()) or (OTHER,):
            behind[code].append(comment)
    named = {theme.code for theme in mine}
    return QuestionInReview(
        question,
        False,
        tuple(ThemeInReview(theme, tuple(behind[theme.code]), phrases[theme.id]) for theme in mine),
        tuple(comment for code, group in sorted(behind.items()) if code not in named for comment in group),
    )


def _themes(session: Session, round_id: str) -> list[Theme]:
    return list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.question, Theme.code)))


def _day(school: School, now: datetime) -> date:
    return now.replace(tzinfo=UTC).astimezone(school.settings.zone).date()


def _refuse_ended(session: Session, round_: Round) -> None:
    if round_.comments_purged_on is not None:
        raise ResultsPurged(round_.id)
    if session.scalar(select(Release.id).where(Release.round_id == round_.id, Release.part == "words")):
        raise AlreadyReleased(round_.id)


def _refuse_unfit(session: Session, theme: Theme, decision: str, label: str, quotes: Collection[str]) -> None:
    wrong = []
    if decision not in ("accepted", "rejected", "suggested"):
        wrong.append("decision")
    if decision == "accepted" and not label.strip():
        wrong.append("label")
    places = {(c.round_id, c.question) for c in (session.get(Comment, one) for one in set(quotes)) if c is not None}
    if len(set(quotes)) > MOST_QUOTES or not places <= {(theme.round_id, theme.question)}:
        wrong.append("quotes")
    if wrong:
        raise NotReady(*wrong)

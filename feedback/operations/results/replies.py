"""Replies: writing, publishing, keeping and withdrawing what a round's people are answered.

Who may see a round's results may answer it. A reply is about one question of what everybody may read; it is public in
those languages in which both of its sides have words that a person wrote or has read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Reader, Summary
from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.models import BookEntry, Round, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.pilots.book import NewEntry, add_entry, allow_team
from feedback.operations.pilots.entries.replied import Reply
from feedback.operations.record import record
from feedback.operations.results.read_release import Released, read_released
from feedback.operations.results.read_replies import PUBLIC_STATES, ReplyLine, YouSaid, in_order, line_in, you_said
from feedback.operations.results.reply_words import SIDES, NewReply, carried, is_whole, with_text
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as staff see it. `ready` are the round's languages in which it is, or would be, public."""

    id: str
    body: Reply
    state: str
    said: YouSaid
    ready: tuple[str, ...]
    waiting: tuple[str, ...]
    #: What people read in each of the ready languages.
    lines: Mapping[str, ReplyLine]

    @property
    def is_public(self) -> bool:
        """Whether anybody can read it now."""
        return self.state in PUBLIC_STATES


@dataclass(frozen=True, slots=True)
class RoundReplies:
    """A round's figures for everybody and its replies, in the order of the public page; withdrawn ones are left out.

    `languages` are those of the round in which anything can be read.
    """

    public: Released
    languages: tuple[str, ...]
    written: tuple[Written, ...]

    def to(self, question: str) -> Written | None:
        """The reply to a question."""
        return next((each for each in self.written if each.body.question == question), None)


def replies_of(school: School, by: StaffMember, round_id: str) -> RoundReplies:
    """What was written for a round. NotPermitted, NotFound; before the count StillInTheBox or NotEnoughVoices."""
    with reading(school.engine) as session:
        round_ = _round(session, by, round_id)
        public = read_released(session, round_, Reader.PUBLIC)
        languages = tuple(code for code in round_.languages if code in offered(Catalogue.RESPONDENT))
        entries = sorted(_entries(session, round_id), key=lambda each: in_order(each.body["question"], public.summary))
        return RoundReplies(public, languages, tuple(_told(each, languages, public.summary) for each in entries))


def write_reply(school: School, by: StaffMember, round_id: str, new: NewReply, *, now: datetime) -> str:
    """A new draft's id. NotReady with the codes of `missing`; WrongState where the question has a reply already."""
    with writing(school.engine) as session:
        round_ = _round(session, by, round_id)
        body = new.about(read_released(session, round_, Reader.PUBLIC))
        if any(each.body["question"] == new.question for each in _entries(session, round_id)):
            raise WrongState("replied")
        entry = add_entry(
            session,
            round_.pilot_id,
            NewEntry("reply", body, round_id, role=new.owner, state="draft"),
            on=school.settings.day_of(now),
        )
        entry.by_id = by.id
        record(session, now, by.account, "book_written", round_.pilot_id, kind="reply")
        return entry.id


def change_reply(school: School, by: StaffMember, reply_id: str, new: NewReply, *, now: datetime) -> None:
    """Say it otherwise; what was public is a draft again until somebody publishes it. WrongState once it was kept.

    A text that somebody typed in another language stays, and has to be read again before it is shown.
    """
    with writing(school.engine) as session:
        entry, round_ = _reply(session, by, reply_id, "draft", "published")
        before = Reply.model_validate(entry.body)
        if new.question != before.question:
            raise NotFound(new.question)
        body = new.about(read_released(session, round_, Reader.PUBLIC))
        sides = {side: carried(getattr(before, side), getattr(body, side)) for side in SIDES}
        kept = body.model_copy(update={**sides, "published_on": before.published_on})
        entry.body, entry.state, entry.role = kept.model_dump(mode="json"), "draft", new.owner
        record(session, now, by.account, "book_changed", entry.pilot_id, kind="reply")


def translate_reply(
    school: School,
    by: StaffMember,
    reply_id: str,
    language: str,
    texts: Mapping[str, str],
    *,
    by_machine: bool,
    now: datetime,
) -> None:
    """Keep texts of the free sides ("thought", "answer") in another language of the round; an empty one is taken out.

    `by_machine`: a machine wrote them and nobody has read them yet, so nobody but staff sees them. NotFound for a
    language that the round has not.
    """
    with writing(school.engine) as session:
        entry, round_ = _reply(session, by, reply_id, "draft", "published", "kept")
        if language not in round_.languages:
            raise NotFound(language)
        body = Reply.model_validate(entry.body)
        free = {side: text for side, text in texts.items() if side in SIDES and getattr(body, side).ready is None}
        sides = {
            side: with_text(getattr(body, side), language, text, by_machine=by_machine) for side, text in free.items()
        }
        entry.body = body.model_copy(update=sides).model_dump(mode="json")
        record(session, now, by.account, "book_changed", entry.pilot_id, kind="reply")


def publish_reply(school: School, by: StaffMember, reply_id: str, *, now: datetime) -> None:
    """Show a draft to everybody, in each language in which it is whole. NotReady("words") where that is none."""
    with writing(school.engine) as session:
        entry, round_ = _reply(session, by, reply_id, "draft")
        body = Reply.model_validate(entry.body)
        if not any(is_whole(body, language) for language in round_.languages):
            raise NotReady("words")
        first = body.published_on or school.settings.day_of(now)
        entry.body = body.model_copy(update={"published_on": first}).model_dump(mode="json")
        entry.state = "published"
        record(session, now, by.account, "reply_published", round_.id)


def withdraw_reply(school: School, by: StaffMember, reply_id: str, *, now: datetime) -> None:
    """Take a reply back, published or not; that there was one stays in the book and in the audit chain."""
    with writing(school.engine) as session:
        entry, round_ = _reply(session, by, reply_id, "draft", *PUBLIC_STATES)
        entry.state = "withdrawn"
        record(session, now, by.account, "reply_withdrawn", round_.id)


def keep_reply(school: School, by: StaffMember, reply_id: str, *, on: date, now: datetime) -> None:
    """What was promised was done on this day. WrongState for what is not public, or promises nothing."""
    with writing(school.engine) as session:
        entry, _ = _reply(session, by, reply_id, "published")
        body = Reply.model_validate(entry.body)
        if body.answer_is != "will":
            raise WrongState(body.answer_is)
        if on > school.settings.day_of(now):
            raise NotReady("on")
        entry.body = body.model_copy(update={"kept_on": on}).model_dump(mode="json")
        entry.state = "kept"
        record(session, now, by.account, "book_changed", entry.pilot_id, kind="reply")


def _round(session: Session, by: StaffMember, round_id: str) -> Round:
    """The round, for whoever is on its team and may see its results: a colleague's class has its own teacher."""
    round_ = find_round(session, round_id)
    allow_team(session, by, round_.pilot_id, Action.REPLY)
    allow(by, Action.REPLY, round_)
    return round_


def _reply(session: Session, by: StaffMember, reply_id: str, *states: str) -> tuple[BookEntry, Round]:
    entry = session.get(BookEntry, reply_id)
    if entry is None or entry.kind != "reply" or entry.round_id is None:
        raise NotFound(reply_id)
    round_ = _round(session, by, entry.round_id)
    if entry.state not in states:
        raise WrongState(entry.state)
    return entry, round_


def _entries(session: Session, round_id: str) -> Collection[BookEntry]:
    return session.scalars(
        select(BookEntry).where(
            BookEntry.round_id == round_id, BookEntry.kind == "reply", BookEntry.state != "withdrawn"
        )
    ).all()


def _told(entry: BookEntry, languages: tuple[str, ...], summary: Summary) -> Written:
    found = {language: line_in(entry, language, summary) for language in languages}
    lines = {language: line for language, line in found.items() if line is not None}
    body = Reply.model_validate(entry.body)
    return Written(
        id=entry.id,
        body=body,
        state=entry.state,
        said=you_said(body.question, summary),
        ready=tuple(lines),
        waiting=tuple(language for language in languages if language not in lines),
        lines=lines,
    )

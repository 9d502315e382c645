"""The reader's desk: one text after the other, and what becomes of it. Never how many wait, never whose it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Comment, Decision, Part, Release, Round, StaffMember
from feedback.models.reading import AMBER, DECIDED, ESCALATED, FINE, HANDED_OUT, LATE, RED, REDACT
from feedback.operations.answers.parts import Words, open_part, seal_instead
from feedback.operations.counting.comments import bound
from feedback.operations.errors import NotFound, NotPermitted, NotReady, TakenBack
from feedback.operations.record import record
from feedback.operations.rounds.readers import read_by
from feedback.operations.school import School
from feedback.privacy.queue_keys import NoQueueKey
from feedback.privacy.sealed_text import seal_text

VERDICTS = (RED, AMBER, REDACT, FINE)
#: Letters of the reader's own text.
LONGEST_INSTEAD = 6000
#: In this order; a text that lies there since an earlier day comes before one of the same grade from today.
_GRADES = ("red", "amber", "grey")


@dataclass(frozen=True, slots=True)
class ToRead:
    """One text as its reader sees it, and of its writer only the audience and the round."""

    id: str
    round_id: str
    title: str
    audience: str
    text: str
    language: str
    grade: str
    is_late: bool


def next_to_read(school: School, by: StaffMember, *, leaving: frozenset[str] = frozenset()) -> ToRead | None:
    """What to read first of all that this account reads, without the parts it leaves for now; None when all is read.

    NotPermitted for an account that no round names as a reader, or that may not be one any more.
    """
    with reading(school.engine) as session:
        found = [each for each in _desk(school, session, by, (HANDED_OUT, LATE)) if each.id not in leaving]
    # Ids are random, and so is the order among equals.
    return min(found, key=lambda each: (_GRADES.index(each.grade), not each.is_late, each.id), default=None)


def escalated(school: School, by: StaffMember) -> list[ToRead]:
    """What was escalated and is not yet in the school's own record, for its readers and deputies."""
    with reading(school.engine) as session:
        return sorted(_desk(school, session, by, (ESCALATED,)), key=lambda each: each.id)


def decide(
    school: School, by: StaffMember, part_id: str, verdict: str, *, instead: str = "", now: datetime
) -> ToRead | None:
    """What becomes of a text; the text once more where it was escalated, to be told to those who can help.

    The same words in the same round are decided with it, but for what is escalated: that another child wrote the same
    is for a person to see. NotReady("instead") for a redaction without words; TakenBack; NotPermitted.
    """
    if verdict not in VERDICTS:
        raise NotFound(verdict)
    if verdict == REDACT and not instead.strip():
        raise NotReady("instead")
    with writing(school.engine) as session:
        part, words = _find(school, session, by, part_id)
        alike = [part, *([] if verdict in (RED, AMBER) else _alike(session, part))]
        if part.words_hash:
            _keep_decision(school, session, part, verdict, instead)
        else:
            _make_comment(school, session, part, words, verdict, instead)
        if verdict in (RED, AMBER):
            part.state = ESCALATED
            record(session, now, by.account, "words_escalated", part.round_id, level=verdict)
            return _shown(session, part, words)
        for each in alike:
            each.sealed, each.state = None, DECIDED
    return None


def is_recorded(school: School, by: StaffMember, part_id: str, *, now: datetime) -> None:
    """The escalated text stands in the school's own record, and goes from here. TakenBack; NotPermitted."""
    with writing(school.engine) as session:
        part, _words = _find(school, session, by, part_id, (ESCALATED,))
        part.sealed, part.state = None, DECIDED
        record(session, now, by.account, "words_recorded", part.round_id)


def sign_check(school: School, by: StaffMember, *, now: datetime, today: date) -> None:
    """The daily rota: this reader has looked today, and nothing waits. NotReady("unread") while something does."""
    if next_to_read(school, by) is not None:
        raise NotReady("unread")
    with writing(school.engine) as session:
        for round_id in read_by(session, by):
            record(session, now, by.account, "queue_checked", round_id, on=today.isoformat())


def reads_anything(school: School, by: StaffMember) -> bool:
    """Whether a round names this account as a reader or deputy, and it may be one."""
    with reading(school.engine) as session:
        return bool(read_by(session, by))


def _desk(school: School, session: Session, by: StaffMember, states: tuple[str, ...]) -> Iterator[ToRead]:
    ours = _ours(session, by)
    for part in session.scalars(select(Part).where(Part.round_id.in_(ours), Part.state.in_(states))):
        words = _opened(school, part)
        if words is not None and _is_for(words, ours[part.round_id]):
            yield _shown(session, part, words)


def _ours(session: Session, by: StaffMember) -> Mapping[str, frozenset[str]]:
    ours = read_by(session, by)
    if not ours:
        raise NotPermitted("read_queue")
    return ours


def _opened(school: School, part: Part) -> Words | None:
    try:
        return open_part(school.keystore.queue.reading_key(part.round_id), part)
    except NoQueueKey:
        # Purged: what an old backup brought back can be read by nobody.
        return None


def _is_for(words: Words, languages: frozenset[str]) -> bool:
    return not words.language or words.language in languages


def _find(
    school: School, session: Session, by: StaffMember, part_id: str, states: tuple[str, ...] = (HANDED_OUT, LATE)
) -> tuple[Part, Words]:
    ours = _ours(session, by)
    part = session.scalar(select(Part).where(Part.id == part_id, Part.round_id.in_(ours), Part.state.in_(states)))
    words = _opened(school, part) if part else None
    if part is None or words is None or not _is_for(words, ours[part.round_id]):
        raise TakenBack(part_id)
    return part, words


def _alike(session: Session, part: Part) -> list[Part]:
    if not part.words_hash:
        return []
    same = (Part.round_id == part.round_id) & (Part.words_hash == part.words_hash) & (Part.id != part.id)
    return list(session.scalars(select(Part).where(same, Part.state.in_((HANDED_OUT, LATE)))))


def _keep_decision(school: School, session: Session, part: Part, verdict: str, instead: str) -> None:
    before = session.scalar(
        select(Decision).where(Decision.round_id == part.round_id, Decision.words_hash == part.words_hash)
    )
    # What was escalated once is in no report, whoever else wrote the same and whatever was thought of that.
    if before is not None and before.verdict in (RED, AMBER):
        return
    sealed = None
    if verdict == REDACT:
        sealed = seal_instead(school.keystore.queue.reading_key(part.round_id), part.round_id, instead.strip())
    decision = Decision(round_id=part.round_id, words_hash=part.words_hash, verdict=verdict, sealed=sealed)
    session.merge(decision)


def _make_comment(school: School, session: Session, part: Part, words: Words, verdict: str, instead: str) -> None:
    """After the count nothing looks a decision up any more: what may be kept becomes a comment now."""
    text = {FINE: words.comment, REDACT: instead.strip()}.get(verdict, "")
    round_ = session.get_one(Round, part.round_id)
    signed = select(Release.id).where(Release.round_id == round_.id, Release.part == "words")
    # What is unreviewed when the review is signed is left out for ever.
    if not text or session.scalar(signed.limit(1)) is not None or round_.comments_purged_on:
        return
    sealed = seal_text({"text": text}, school.keystore.data_key(round_.id), bound_to=bound(round_.id, words.question))
    session.add(Comment(round_id=round_.id, question=words.question, sealed=sealed))


def _shown(session: Session, part: Part, words: Words) -> ToRead:
    round_ = session.get_one(Round, part.round_id)
    return ToRead(
        id=part.id,
        round_id=round_.id,
        title=round_.title,
        audience=round_.audience,
        text=words.text,
        language=words.language,
        grade=words.grade,
        is_late=part.state == LATE,
    )

"""Making releases: figures at the count, words when their review is signed. Each is frozen once for each reader."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.raised import raised
from analysis.summarise import summarise
from analysis.summary import Reader, Summary, freeze_summary
from analysis.verdict import Criterion
from analysis.words import freeze_words
from feedback.db import writing
from feedback.models import Release, Round, StaffMember
from feedback.operations.counting.comments import open_comments
from feedback.operations.errors import AlreadyReleased, NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.record import record
from feedback.operations.review.hours import refuse_late
from feedback.operations.review.quality import keep_quality
from feedback.operations.review.steps import forget_steps
from feedback.operations.review.words import words_for_readers
from feedback.operations.rounds.columns import columns_of, stored_sums
from feedback.operations.rounds.course import find_round
from feedback.operations.rounds.series import people_asked, slips_printed
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action
from forms.definition import Instrument


def release_figures(school: School, round_id: str, *, today: date) -> bool:
    """Freeze the figures of a counted round for the team and for the public; False if that was done before."""
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        _refuse_uncounted(round_)
        if released(session, round_id, "figures"):
            return False
        rules = rules_in(session, school.settings)
        for reader in Reader:
            figures = figures_for(session, round_, reader, fewest=rules.fewest(reader))
            freeze(session, round_id, "figures", reader, freeze_summary(figures), today)
        return True


def figures_for(session: Session, round_: Round, reader: Reader, *, fewest: int) -> Summary:
    """What a reader is told of a counted round's figures, of no crowd with fewer people than `fewest`.

    The same stored counts give the same, whenever it is made.
    """
    instrument = form_of(round_)
    summary = summarise(
        columns_of(instrument),
        stored_sums(session, round_.id),
        reader=reader,
        respondents=round_.counted_envelopes or 0,
        group_size=people_asked(session, round_),
        criterion=criterion_of(round_, instrument),
        slips_printed=slips_printed(session, round_),
        secondary=secondary_of(round_, instrument),
    )
    summary = raised(summary, fewest)
    # No figures: a crowd answered on paper too, and what was declared before the round opened.
    return replace(summary, also_on_paper=round_.counted_on_paper is not None, read_aloud=round_.read_aloud)


def release_words(school: School, by: StaffMember, round_id: str, *, today: date, now: datetime) -> None:
    """Sign the review and freeze what was accepted; what is unreviewed is left out for ever.

    AlreadyReleased, or ReviewOver after the last day to sign.
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        _refuse_uncounted(round_)
        if round_.comments_purged_on is not None:
            raise ResultsPurged(round_id)
        if released(session, round_id, "words"):
            raise AlreadyReleased(round_id)
        refuse_late(school, round_, today=today)
        comments = list(open_comments(school, session, round_id))
        for words in words_for_readers(school, session, round_, comments):
            freeze(session, round_id, "words", words.reader, freeze_words(words), today)
        keep_quality(session, round_id, comments)
        forget_steps(session, round_id)
        record(session, now, by.account, "words_released", round_id)


def criterion_of(round_: Round, instrument: Instrument) -> Criterion | None:
    """The pilot's criterion, if this round asks its question."""
    return _asked(round_.pilot.criterion, instrument)


def secondary_of(round_: Round, instrument: Instrument) -> tuple[Criterion, ...]:
    """The pilot's secondary criteria whose questions this round asks, in the pilot's order."""
    found = (_asked(criterion, instrument) for criterion in round_.pilot.secondary)
    return tuple(criterion for criterion in found if criterion is not None)


def released(session: Session, round_id: str, part: str) -> bool:
    """Whether this part of the round was released."""
    return session.scalar(select(Release.id).where(Release.round_id == round_id, Release.part == part)) is not None


def freeze(session: Session, round_id: str, part: str, reader: Reader, body: str, today: date) -> None:
    """Store one release with its hash."""
    session.add(
        Release(
            round_id=round_id,
            part=part,
            reader=reader.value,
            body=body,
            sha256=sha256(body.encode()).hexdigest(),
            released_on=today,
        )
    )


def _asked(criterion: Mapping[str, Any], instrument: Instrument) -> Criterion | None:
    """A stored criterion as analysis knows it; None where the instrument does not ask its question."""
    if criterion["question"] not in {question.id for question in instrument.questions}:
        return None
    return Criterion(
        question=criterion["question"],
        cells=tuple(criterion["cells"]),
        target=int(criterion["target"]),
        minimum_voices=int(criterion["minimum_voices"]),
    )


def _refuse_uncounted(round_: Round) -> None:
    if round_.state in ("too_few", "joined", "destroyed"):
        raise NotEnoughVoices(round_.id)
    if round_.state != "scrubbed":
        raise StillInTheBox(round_.id)

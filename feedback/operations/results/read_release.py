"""Reading releases: all that pages, PDFs and exports see of what people answered. Knows `analysis.summary` only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.summary import Reader, Summary, TooFew, thaw_summary
from analysis.words import Words, thaw_words
from feedback.db import reading
from feedback.models import Release, Round, StaffMember
from feedback.operations.answers.publish import find_round as find_public_round
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class Released:
    """What was released of one round to one reader, with the hashes a report prints."""

    round_id: str
    figures_id: str
    summary: Summary
    figures_sha256: str
    released_on: date
    words: Words | None
    words_sha256: str | None


def latest(school: School, by: StaffMember, round_id: str) -> Released:
    """The team's release; StillInTheBox before the count, NotEnoughVoices where there will be none."""
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.SEE_RELEASES, round_)
        return read_released(session, round_, Reader.TEAM)


def latest_public(school: School, code: str) -> Released:
    """The public's release of the round with this code; RoundUnknown, StillInTheBox or NotEnoughVoices."""
    with reading(school.engine) as session:
        return read_released(session, find_public_round(session, code), Reader.PUBLIC)


def read_released(session: Session, round_: Round, reader: Reader) -> Released:
    """The frozen release of a round for this reader."""
    found = {
        release.part: release
        for release in session.scalars(
            select(Release).where(Release.round_id == round_.id, Release.reader == reader.value)
        )
    }
    if round_.tallies_purged_on is not None:
        raise ResultsPurged(round_.id)
    if "figures" not in found:
        raise (
            NotEnoughVoices(round_.id)
            if round_.state in ("too_few", "joined", "destroyed")
            else StillInTheBox(round_.id)
        )
    figures, words = found["figures"], found.get("words")
    return Released(
        round_id=round_.id,
        figures_id=figures.id,
        summary=thaw_summary(figures.body),
        figures_sha256=figures.sha256,
        released_on=figures.released_on,
        words=thaw_words(words.body) if words else None,
        words_sha256=words.sha256 if words else None,
    )


def headline_cells(summary: Summary) -> dict[str, tuple[str, ...]]:
    """Question -> the cells that its headline, and so each of its comparisons, is the share of."""
    cells = {question.question: question.headline_cells for question in summary.questions}
    cells |= {finding.question: finding.cells for finding in summary.findings}
    criteria = (*summary.secondary, *([summary.criterion] if summary.criterion else []))
    # Several answers of a question with several answers a person have no share together: then it is not the headline.
    return cells | {one.question: one.cells for one in criteria if not isinstance(one.figure, TooFew)}

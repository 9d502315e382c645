"""How much of what the machine suggested people left as it was: kept when a review is signed, and shown after it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from analysis.theme_codes import MADE
from feedback.db import reading
from feedback.models import ReviewQuality, StaffMember, Theme
from feedback.operations.counting.comments import OpenedComment
from feedback.operations.review.words import themes_of
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action


def keep_quality(session: Session, round_id: str, comments: Iterable[OpenedComment]) -> None:
    """Keep the figures of a review that is being signed: whole percents of comments, numbers of themes, no name."""
    themes = themes_of(session, round_id)
    suggested = [theme for theme in themes if not theme.code.startswith(MADE)]
    standing = [theme for theme in suggested if not theme.merged_into]
    read = [one.reading for one in comments if one.reading is not None]
    kept = sum(not one.by_hand or set(one.themes) == set(one.machine_themes) for one in read)
    session.add(
        ReviewQuality(
            round_id=round_id,
            suggested=len(suggested),
            accepted=_decided(standing, "accepted"),
            renamed=sum(theme.decision == "accepted" and theme.renamed for theme in standing),
            merged=len(suggested) - len(standing),
            rejected=_decided(standing, "rejected"),
            made=len(themes) - len(suggested),
            kept_percent=round(100 * kept / len(read)) if read else 100,
        )
    )


def quality_of(school: School, by: StaffMember, round_id: str) -> ReviewQuality | None:
    """The figures of a signed review; None where it was signed before they were kept."""
    with reading(school.engine) as session:
        allow(by, Action.REVIEW_COMMENTS, find_round(session, round_id))
        kept = session.get(ReviewQuality, round_id)
        session.expunge_all()
        return kept


def _decided(themes: list[Theme], decision: str) -> int:
    return sum(theme.decision == decision for theme in themes)

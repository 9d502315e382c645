"""Purging: what retention says is due is deleted, its keys destroyed, the file scrubbed, and the deed certified."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Comment, Tally
from feedback.operations.retention.deletions import Step, Why, begin, carry_on
from feedback.operations.retention.due_rounds import due_rounds
from feedback.operations.retention.purge_dated import purge_dated
from feedback.operations.retention.purge_round import delete_comments, delete_results, destroy_box
from feedback.operations.school import School
from feedback.privacy.retention import Due

__all__ = ["Purged", "delete_comments", "delete_results", "destroy_box", "purge"]


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, or would go, from one round, in rows. Counts only; how many codes nobody used is not told."""

    round_id: str
    comments: int = 0
    tallies: int = 0
    boxes: int = 0
    slips: bool = False


def purge(
    school: School,
    *,
    today: date,
    now: datetime,
    account: str = "schedule",
    dry_run: bool = False,
    only: str | None = None,
    step: Step = lambda _done, _all: None,
) -> list[Purged]:
    """Delete what is due today in every round, or in `only` one; with `dry_run` only say what would go.

    What an earlier purge began and did not end is ended first. `step` is told (steps done, of how many).
    """
    due = [each for each in due_rounds(school, today) if only in (None, each[0])]
    purged = [_count_rows(school, round_id, is_due) for round_id, is_due in due]
    if dry_run:
        return purged
    for (round_id, is_due), counts in zip(due, purged, strict=True):
        # Recorded first: a purge that is cut off goes on later, and must not have been done unseen.
        facts = {"comments": counts.comments, "tallies": counts.tallies, "boxes": counts.boxes}
        with writing(school.engine) as session:
            begin(session, school, round_id, is_due.layers, Why(account, facts), today=today, now=now)
    if only is None:
        purge_dated(school, today=today, now=now, account=account)
    carry_on(school, today=today, now=now, step=step)
    return purged


def _count_rows(school: School, round_id: str, is_due: Due) -> Purged:
    with reading(school.engine) as session:
        return Purged(
            round_id,
            comments=_rows(session, Comment, round_id) if is_due.comments else 0,
            tallies=_rows(session, Tally, round_id) if is_due.tallies else 0,
            # How many envelopes an unopened box held stays unknown: below k is all anybody may learn.
            boxes=int(is_due.box),
            slips=is_due.slips,
        )


def _rows(session: Session, table: type[Comment | Tally], round_id: str) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.round_id == round_id)) or 0

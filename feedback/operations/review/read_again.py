"""Comments that nobody has looked at yet, sorted anew with what a reviewer said of others. A worker's work.

It is a step of the review like every other: it can be undone, and what a person sorted stays as it is. Nothing of it is
kept apart: what is learned from are the round's comments themselves, which die with its data key.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

import numpy as np

from analysis.text.corrected import Suggested, themes_anew
from analysis.text.e5.weights import Floats
from analysis.text.offsets import without_language
from analysis.text.reading import Reader
from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.counting.comments import OpenedComment, Reading, open_comments
from feedback.operations.review.heard import followed
from feedback.operations.review.steps import reviewing
from feedback.operations.review.under_review import FEWEST_CORRECTIONS
from feedback.operations.review.words import themes_of
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.text_reader import text_reader
from feedback.privacy.permissions import Action

#: How sure the machine counts as having been of what a person then sorted: it is not kept.
_HAD_BEEN = 0.5


def read_again(school: School, by: StaffMember, round_id: str, *, now: datetime) -> int:
    """Let the round's other comments follow those that a person sorted; how many have other themes now.

    NotPermitted, AlreadyReleased or ReviewOver where the review has ended, and KeyGone once the comments are purged.
    """
    with reading(school.engine) as session:
        allow(by, Action.REVIEW_COMMENTS, find_round(session, round_id))
        ended_in = {(one.question, one.code): one.merged_into for one in themes_of(session, round_id)}
        comments = [one for one in open_comments(school, session, round_id) if one.reading is not None]
    reader, anew = text_reader(school.settings), dict[str, tuple[str, ...]]()
    for question, here in groupby(sorted(comments, key=lambda one: one.question), lambda one: one.question):
        goes_to = {code: into for (of, code), into in ended_in.items() if of == question}
        anew |= _changed(reader, list(here), goes_to)
    return _keep(school, by, round_id, anew, now=now) if anew else 0


def _changed(reader: Reader, comments: Sequence[OpenedComment], goes_to: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Comment id -> themes, where they are others than before."""
    read = [one.reading for one in comments if one.reading is not None]
    said = [followed(one.themes, goes_to) if one.by_hand else None for one in read]
    if len(read) - said.count(None) < FEWEST_CORRECTIONS:
        return {}
    rows = _rows(reader, [one.text for one in comments], [one.language for one in read])
    found = themes_anew(rows, [_suggested(one, goes_to) for one in read], said)
    return {
        comment.id: themes
        for comment, one, themes in zip(comments, read, found, strict=True)
        if not one.by_hand and set(themes) != set(followed(one.themes, goes_to))
    }


def _rows(reader: Reader, texts: Sequence[str], languages: Sequence[str]) -> Floats:
    if reader.encoder is None:
        # The small tier knows no meaning: only the machine's own theme says which comments are alike.
        return np.zeros((len(texts), 1), dtype=np.float32)
    return without_language(reader.rows(texts), languages, reader.offsets)


def _suggested(read: Reading, goes_to: dict[str, str]) -> Suggested:
    if read.by_hand:
        return Suggested(followed(read.machine_themes, goes_to), _HAD_BEEN)
    return Suggested(followed(read.themes, goes_to), read.confidence)


def _keep(school: School, by: StaffMember, round_id: str, anew: dict[str, tuple[str, ...]], *, now: datetime) -> int:
    changed = 0
    with reviewing(school, by, round_id, "comments_read_again", now=now) as step:
        for comment_id, themes in sorted(anew.items()):
            comment = step.comment(comment_id)
            # Somebody may have sorted it in between.
            if comment.reading is not None and not comment.reading.by_hand:
                step.read_anew(comment, replace(comment.reading, themes=themes))
                changed += 1
    return changed

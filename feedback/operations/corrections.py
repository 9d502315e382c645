"""What people corrected in a review, for analysis to learn from while the round's comments live, and no longer.

Nothing of it is kept apart: it is read from the comments themselves, which die with the round's data key.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from analysis.theme_codes import MADE
from feedback.db import reading
from feedback.models import Theme
from feedback.operations.comments import OpenedComment, Reading, open_comments
from feedback.operations.heard import followed
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class Correction:
    """One comment that a person confirmed or corrected. `themes` are codes, merged ones followed; none is an answer.

    `machine_themes` and `machine_mood` are what the machine had said.
    """

    question: str
    text: str
    language: str
    themes: tuple[str, ...]
    mood: str
    machine_themes: tuple[str, ...]
    machine_mood: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """`merged`: {(question, code): the code it ended in}; `rejected`: (question, code); `made`: {…: people's words}."""

    examples: tuple[Correction, ...]
    merged: dict[tuple[str, str], str]
    rejected: frozenset[tuple[str, str]]
    made: dict[tuple[str, str], str]


def corrections(school: School, round_id: str) -> Corrections:
    """What people said about this round's comments so far.

    A refit must leave alone what a person said (`Reading.by_hand`). KeyGone once the comments are purged.
    """
    with reading(school.engine) as session:
        themes = list(session.scalars(select(Theme).where(Theme.round_id == round_id)))
        goes_to: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for theme in themes:
            goes_to[theme.question][theme.code] = theme.merged_into
        examples = tuple(
            _correction(comment, comment.reading, goes_to[comment.question])
            for comment in open_comments(school, session, round_id)
            if comment.reading is not None and comment.reading.by_hand
        )
        return Corrections(
            examples,
            merged={(t.question, t.code): followed([t.code], goes_to[t.question])[0] for t in themes if t.merged_into},
            rejected=frozenset((theme.question, theme.code) for theme in themes if theme.decision == "rejected"),
            made={(theme.question, theme.code): theme.label for theme in themes if theme.code.startswith(MADE)},
        )


def _correction(comment: OpenedComment, read: Reading, goes_to: dict[str, str]) -> Correction:
    return Correction(
        question=comment.question,
        text=comment.text,
        language=read.language,
        themes=followed(read.themes, goes_to),
        mood=read.mood,
        machine_themes=read.machine_themes,
        machine_mood=read.machine_mood,
    )

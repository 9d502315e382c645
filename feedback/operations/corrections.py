"""What people corrected in a review, for analysis to learn from while the round's comments live, and no longer.

Nothing of it is kept apart: it is read from the comments themselves, which die with the round's data key.
"""

from dataclasses import dataclass

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Theme
from feedback.operations.comments import open_comments
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
    """`merged`: {(question, code): the code it went into}; `rejected` and `made`: (question, code)."""

    examples: tuple[Correction, ...]
    merged: dict[tuple[str, str], str]
    rejected: frozenset[tuple[str, str]]
    made: dict[tuple[str, str], str]


def corrections(school: School, round_id: str) -> Corrections:
    """What people said about this round's comments so far; `made` themes come with the words people gave them.

    A refit must leave alone what a person said (`Reading.by_hand`), and what an interpreter wrote
    (`Reading.translation`). KeyGone once the comments are purged.
    """
    with reading(school.engine) as session:
        themes = list(session.scalars(select(Theme).where(Theme.round_id == round_id)))
        into = {(theme.question, theme.code): theme.merged_into for theme in themes if theme.merged_into}
        examples = []
        for comment in open_comments(school, session, round_id):
            read = comment.reading
            if read is None or not read.by_hand:
                continue
            goes_to = {code: target for (question, code), target in into.items() if question == comment.question}
            said = followed(read.themes, goes_to)
            examples.append(
                Correction(
                    comment.question, comment.text, read.language, said, read.mood, read.machine_themes, read.machine_mood
                )
            )
        return Corrections(
            tuple(examples),
            merged={place: followed((place[1],), {c: t for (q, c), t in into.items() if q == place[0]})[0] for place in into},
            rejected=frozenset((theme.question, theme.code) for theme in themes if theme.decision == "rejected"),
            made={(theme.question, theme.code): theme.label for theme in themes if theme.code.startswith("own-")},
        )

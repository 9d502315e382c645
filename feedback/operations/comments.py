"""Comments between count and release: sealed at rest, read by analysis and by reviewers only."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Comment, Theme
from feedback.operations.school import School
from feedback.privacy.sealed_text import open_text, seal_text


@dataclass(frozen=True, slots=True)
class Reading:
    """What analysis, or a reviewer after it, made of one comment. `language` is "und" where unsure.

    `themes` are codes, the surest first, and none of them is "other"; `confidence` is the first one's probability (0 to
    1). `mood` is "positive", "negative", "mixed" or "unclear". `by_hand` is set once a person has said it.
    """

    themes: tuple[str, ...]
    confidence: float
    language: str
    mood: str
    mood_confidence: float = 0.0
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """One redacted comment with its reading, None until analysis has been there."""

    id: str
    question: str
    text: str
    reading: Reading | None


def open_comments(school: School, session: Session, round_id: str) -> Iterator[OpenedComment]:
    """The round's comments in the order of their random ids. KeyGone once retention has destroyed their key."""
    data_key = school.keystore.data_key(round_id)
    for comment in session.scalars(select(Comment).where(Comment.round_id == round_id).order_by(Comment.id)):
        bound_to = bound(round_id, comment.question)
        text = open_text(comment.sealed, data_key, bound_to=bound_to)["text"]
        reading = None
        if comment.sealed_reading:
            kept = open_text(comment.sealed_reading, data_key, bound_to=bound_to)
            # What an earlier version read knows one theme only, and is read again.
            if "themes" in kept:
                reading = Reading(**{**kept, "themes": tuple(kept["themes"])})
        yield OpenedComment(comment.id, comment.question, text, reading)


def seal_reading(school: School, round_id: str, question: str, reading: Reading) -> bytes:
    """The reading as it is stored."""
    return seal_text(asdict(reading), school.keystore.data_key(round_id), bound_to=bound(round_id, question))


def bound(round_id: str, question: str) -> str:
    """What a sealed comment is bound to."""
    return f"{round_id} {question}"


def seal_phrases(school: School, round_id: str, question: str, phrases: Sequence[str]) -> bytes:
    """A theme's characteristic phrases as they are stored."""
    contents = {"phrases": list(phrases)}
    return seal_text(contents, school.keystore.data_key(round_id), bound_to=bound(round_id, question))


def open_phrases(school: School, theme: Theme) -> tuple[str, ...]:
    """A theme's characteristic phrases; none where analysis found none."""
    if theme.sealed_phrases is None:
        return ()
    bound_to = bound(theme.round_id, theme.question)
    return tuple(
        open_text(theme.sealed_phrases, school.keystore.data_key(theme.round_id), bound_to=bound_to)["phrases"]
    )

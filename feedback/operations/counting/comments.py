"""Comments between count and release: sealed at rest, read by analysis and by reviewers only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comment_groups import Kept
from feedback.models import Comment, Theme
from feedback.operations.school import School
from feedback.privacy.sealed_text import open_text, seal_text

#: Sealed readings have so many bytes, or twice as many: no language and no theme is known by its length.
_READING_STEP = 512
_ALWAYS = ("themes", "confidence", "language", "mood")


@dataclass(frozen=True, slots=True)
class Reading:
    """What analysis, or a reviewer after it, made of one comment. `language` is "und" where unsure.

    `themes` are codes, the surest first, and none of them is "other"; `confidence` is the first one's probability (0 to
    1). `mood` is "positive", "negative", "mixed" or "unclear"; `lexicon_mood` is what the English word list votes, ""
    where it was not asked. `by_hand` is set once a person has said it; then `machine_themes` and `machine_mood` are
    what the machine had said.
    """

    themes: tuple[str, ...]
    confidence: float
    language: str
    mood: str
    mood_confidence: float = 0.0
    by_hand: bool = False
    lexicon_mood: str = ""
    machine_themes: tuple[str, ...] = ()
    machine_mood: str = ""


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
        yield _opened(comment, data_key)


def contents_of(kept: Kept) -> dict[str, Any]:
    """What is sealed of a comment at the count; a group only where many people are in it."""
    return {"text": kept.text, "group": kept.group} if kept.group else {"text": kept.text}


def open_groups(school: School, session: Session, round_id: str) -> dict[str, tuple[str, str]]:
    """Comment id -> (variable, group), where one was kept at the count: for shares of themes, and for nobody's eyes.

    Apart from `OpenedComment` on purpose: whoever reads a comment must not meet its group. KeyGone as there.
    """
    data_key = school.keystore.data_key(round_id)
    found = {}
    for comment in session.scalars(select(Comment).where(Comment.round_id == round_id)):
        contents = open_text(comment.sealed, data_key, bound_to=bound(round_id, comment.question))
        if "group" in contents:
            variable, group = contents["group"]
            found[comment.id] = (variable, group)
    return found


def open_comment(school: School, comment: Comment) -> OpenedComment:
    """One comment. KeyGone once retention has destroyed its key."""
    return _opened(comment, school.keystore.data_key(comment.round_id))


def _opened(comment: Comment, data_key: bytes) -> OpenedComment:
    bound_to = bound(comment.round_id, comment.question)
    text = open_text(comment.sealed, data_key, bound_to=bound_to)["text"]
    sealed = comment.sealed_reading
    kept: dict[str, Any] = open_text(sealed, data_key, bound_to=bound_to) if sealed else {}
    # What an earlier version read knows one theme only, and is read again.
    reading = _reading(kept) if "themes" in kept else None
    return OpenedComment(comment.id, comment.question, text, reading)


def _reading(kept: dict[str, Any]) -> Reading:
    told = dict(kept)
    told.update((name, tuple(kept[name])) for name in ("themes", "machine_themes") if name in kept)
    return Reading(**told)


def seal_reading(school: School, round_id: str, question: str, reading: Reading) -> bytes:
    """The reading as it is stored; what is not set is left out, so that nearly all have the same size."""
    contents = {name: value for name, value in asdict(reading).items() if value or name in _ALWAYS}
    data_key = school.keystore.data_key(round_id)
    return seal_text(contents, data_key, bound_to=bound(round_id, question), step=_READING_STEP)


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


def seal_wordings(school: School, theme: Theme, wordings: Mapping[str, str]) -> bytes | None:
    """How a theme's quotes are worded, by `Heard.place`, as it is stored; None where they are as people wrote them."""
    if not wordings:
        return None
    data_key = school.keystore.data_key(theme.round_id)
    return seal_text({"wordings": dict(wordings)}, data_key, bound_to=bound(theme.round_id, theme.question))


def open_wordings(school: School, theme: Theme) -> dict[str, str]:
    """How a theme's quotes are worded where a person changed them, by `Heard.place`."""
    if theme.sealed_wordings is None:
        return {}
    data_key = school.keystore.data_key(theme.round_id)
    found = open_text(theme.sealed_wordings, data_key, bound_to=bound(theme.round_id, theme.question))
    return dict(found["wordings"])

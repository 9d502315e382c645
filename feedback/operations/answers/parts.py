"""Texts in the reading queue as they are kept: sealed under the round's reading key, each by itself."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.models import Decision, Envelope, Part, Round
from feedback.models.reading import ESCALATED
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.keys import KeyGone
from feedback.privacy.sealed_text import open_text, seal_text
from feedback.privacy.words import part_id
from forms.questions.base import Measure


@dataclass(frozen=True, slots=True)
class Words:
    """One text. `language` is one of those that are read in its round, "" where nobody knows: then all readers see it.

    `question` and `comment` (the text as it is stored when nothing speaks against it) are there after the count only.
    """

    text: str
    language: str = ""
    grade: str = "grey"
    question: str = ""
    comment: str = ""


def seal_part(reading_key: bytes, round_id: str, words: Words) -> bytes:
    """The text as it lies in the queue."""
    return seal_text(asdict(words), reading_key, bound_to=f"part {round_id}")


def open_part(reading_key: bytes, part: Part) -> Words:
    """The inverse, for a part that is not decided."""
    return Words(**open_text(part.sealed or b"", reading_key, bound_to=f"part {part.round_id}"))


def seal_instead(reading_key: bytes, round_id: str, text: str) -> bytes:
    """The reader's own text, which stands in place of what was written."""
    return seal_text({"text": text}, reading_key, bound_to=f"instead {round_id}")


def open_instead(reading_key: bytes, decision: Decision) -> str:
    """The inverse."""
    return str(open_text(decision.sealed or b"", reading_key, bound_to=f"instead {decision.round_id}")["text"])


def take_back_parts(school: School, session: Session, envelopes: Iterable[Envelope]) -> None:
    """Take from the reader's desk what lies there of these envelopes, which were withdrawn; not what was escalated."""
    for envelope in envelopes:
        round_ = session.get_one(Round, envelope.round_id)
        if not round_.read_languages:
            continue
        try:
            pepper = school.keystore.pepper(round_.id)
        except KeyGone:
            continue
        questions = form_of(round_).questions
        ids = [part_id(envelope.id, each.id, pepper) for each in questions if each.measure is Measure.TEXT]
        ours = (Part.round_id == round_.id) & Part.id.in_(ids) & (Part.state != ESCALATED)
        session.execute(delete(Part).where(ours))


def is_being_read(session: Session, round_id: str) -> bool:
    """Whether words of this round still wait for their reader. How many, nobody is told."""
    waiting = select(Part.id).where(Part.round_id == round_id, Part.state.in_(("waiting", "handed_out", "late")))
    return session.scalar(waiting.limit(1)) is not None

"""Recordings of a form's texts that a school made in the workshop."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Clip(Base):
    """One voice of the school that reads one part of a form aloud in one language, made anew as MP3. Never an answer's.

    It goes with the form from version to version, and into each round whose words are those that it reads.
    """

    __tablename__ = "clip"
    __table_args__ = (
        UniqueConstraint("name", "key", "language", name="one_clip_per_language"),
        CheckConstraint("length(body) <= 1048576", name="clips_are_small"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The form's.
    name: Mapped[str] = mapped_column(String(80), index=True)
    #: What it reads: a name of `forms.aloud.read_aloud`.
    key: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(20))
    #: `forms.aloud.hash_read` of the words as they were when it was recorded.
    words_hash: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes]
    seconds: Mapped[int]
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    added_on: Mapped[date]

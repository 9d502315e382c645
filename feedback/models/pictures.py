"""Pictures that a school added for its forms."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Picture(Base):
    """One picture, drawn anew as WebP so that nothing else is in the file. It never changes: another one has a name."""

    __tablename__ = "picture"
    __table_args__ = (CheckConstraint("length(body) <= 65536", name="pictures_are_small"),)

    #: "own-" and the beginning of its SHA-256, as an option's `picture` names it.
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    school_id: Mapped[str] = mapped_column(String(32))
    #: What it shows, by language: for whoever chooses it, and where it stands without words.
    words: Mapped[dict[str, str]]
    licence: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    body: Mapped[bytes]
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    added_on: Mapped[date]

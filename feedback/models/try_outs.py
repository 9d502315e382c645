"""Class try-outs of drafts: what a class understood, and what it would say instead. Never an answer, never a name."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id

#: What a class says of a question that is tried out.
MARKS = ("understood", "confusing", "rather_not")


class TryOut(Base):
    """A session in which a class reads some questions of a draft. Whoever has the code may mark; nobody signs in."""

    __tablename__ = "try_out"
    __table_args__ = (CheckConstraint("state IN ('open', 'over')", name="try_out_state_is_known"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The form's own id: the draft may be thrown away, and what was learned stays.
    name: Mapped[str] = mapped_column(String(80), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    #: What the group is called, such as "Class 5B".
    label: Mapped[str] = mapped_column(String(60))
    #: The questions as they were when the session began, as the JSON of an instrument with those alone.
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(6), default="open")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    made_on: Mapped[date]


class TryOutMark(Base):
    """How often one mark was given to one question. A number and nothing else: no time, no order."""

    __tablename__ = "try_out_mark"
    __table_args__ = (
        CheckConstraint("mark IN (" + ", ".join(f"'{mark}'" for mark in MARKS) + ")", name="try_out_mark_is_known"),
    )

    try_out_id: Mapped[str] = mapped_column(ForeignKey("try_out.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    mark: Mapped[str] = mapped_column(String(12), primary_key=True)
    times: Mapped[int]


class TryOutIdea(Base):
    """What a class would say instead, or ask besides, in its own words; it ends used or not used, with a reason."""

    __tablename__ = "try_out_idea"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'used', 'not_used')", name="idea_state_is_known"),
        CheckConstraint("(state = 'open') = (reason = '')", name="ideas_end_with_a_reason"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    try_out_id: Mapped[str] = mapped_column(ForeignKey("try_out.id"), index=True)
    #: The question it is about; "" for a question that the class would ask besides.
    item: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="open")
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]

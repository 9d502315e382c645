"""What needs two people: somebody asked for it, and somebody else said yes."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Approval(Base):
    """A deed that somebody asked for. `operations.two_people` says who may ask, who may agree and how long it holds."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'agreed', 'declined', 'withdrawn', 'used')", name="approval_has_a_state"),
        CheckConstraint("answered_by_id IS NULL OR answered_by_id <> asked_by_id", name="two_people_are_two"),
        CheckConstraint(
            "state NOT IN ('agreed', 'used') OR answered_by_id IS NOT NULL", name="nothing_is_agreed_by_nobody"
        ),
        CheckConstraint("length(reason) > 0", name="approvals_have_a_reason"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: Where it was asked for.
    school_id: Mapped[str | None] = mapped_column(String(32))
    deed: Mapped[str] = mapped_column(String(30))
    #: What it is done to: the id of a row, or the name of a file.
    object_id: Mapped[str] = mapped_column(String(120))
    #: What exactly was asked for; what is done later has to be the same.
    facts: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    asked_on: Mapped[date]
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    answered_on: Mapped[date | None]

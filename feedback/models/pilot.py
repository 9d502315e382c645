"""A pilot: something a school tries, said in the words the people it touches will read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from feedback.models.base import Base, new_id
from feedback.models.schools import DistrictSchool

if TYPE_CHECKING:
    from feedback.models.survey import Round


class Pilot(Base):
    """What a school tries, why, and how it will know."""

    __tablename__ = "pilot"
    __table_args__ = (
        CheckConstraint("goal IN ('engagement', 'equity', 'achievement')", name="pilot_has_a_goal"),
        CheckConstraint("ends_on >= starts_on", name="pilot_ends_after_it_starts"),
        CheckConstraint(
            "(criterion_hash IS NULL) = (criterion_locked_on IS NULL)", name="criterion_lock_has_hash_and_date"
        ),
        CheckConstraint(
            "state IN ('draft', 'approved', 'collecting', 'frozen', 'reflecting', 'decided', 'archived')",
            name="pilot_has_a_known_state",
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school it belongs to; like all columns of this name no foreign key, which SQLite could not let go of again.
    school_id: Mapped[str] = mapped_column(String(32), index=True)
    #: language -> {title, trying, why, promise}: what the public reads.
    words: Mapped[dict[str, dict[str, str]]]
    goal: Mapped[str] = mapped_column(String(20))
    goal_sentence: Mapped[str]
    #: {change, result, date, reason}: "if ... then ... by ... because ..."
    hypothesis: Mapped[dict[str, str]]
    #: {question, cells: [...], target: percent, minimum_voices: people}
    criterion: Mapped[dict[str, Any]]
    criterion_hash: Mapped[str | None] = mapped_column(String(64))
    criterion_locked_on: Mapped[date | None]
    #: At most three other things that change at the same time.
    also_changing: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    owner_role: Mapped[str] = mapped_column(String(60))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    exit_plan: Mapped[str]
    #: At most four more criteria, each about its own question, in the shape of `criterion`.
    secondary: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    #: How much the thing is meant to be used: {sessions, minutes} a week; {} where nobody said.
    planned_dose: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: "draft", "approved", "collecting", "frozen", "reflecting", "decided" or "archived": see `operations.pilots.life`.
    state: Mapped[str] = mapped_column(String(12), default="draft")
    approved_on: Mapped[date | None]
    #: Id of the account that approved it, and below the id of a pilot: columns that came later, which SQLite could not
    #: let go of again if they were foreign keys.
    approved_by_id: Mapped[str | None] = mapped_column(String(32))
    #: Who had the idea: a role, or a class. "" where nobody said.
    proposed_by: Mapped[str] = mapped_column(String(60), default="")
    #: The pilot that this one is the next cycle of.
    follows_id: Mapped[str | None] = mapped_column(String(32))
    #: The school's standing pilot, which a teacher's "ask my class" belongs to.
    standing: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)

    #: Loaded with the pilot: its name stands on pages that are made when the session is over.
    school: Mapped[DistrictSchool] = relationship(
        primaryjoin=lambda: foreign(Pilot.school_id) == DistrictSchool.id, viewonly=True, lazy="selectin"
    )
    rounds: Mapped[list[Round]] = relationship(back_populates="pilot")

"""What stops a deletion, and what proves one."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Hold(Base):
    """A legal hold: while it stands, nothing of what it is on is deleted, whatever day it is."""

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("scope IN ('round', 'pilot', 'all')", name="hold_scope_is_known"),
        CheckConstraint("(scope = 'all') = (object_id = '')", name="holds_say_what_they_are_on"),
        CheckConstraint("length(reason) > 0 AND length(basis) > 0", name="holds_have_a_reason_and_a_basis"),
        CheckConstraint("(lifted_on IS NULL) = (lifted_by_id IS NULL)", name="somebody_lifts_a_hold"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school of a district; see `models.scope`.
    school_id: Mapped[str | None] = mapped_column(String(32))
    scope: Mapped[str] = mapped_column(String(10))
    #: Id of the round or the pilot; "" for everything.
    object_id: Mapped[str] = mapped_column(String(32), default="")
    reason: Mapped[str] = mapped_column(Text)
    #: The law, order or letter that asks for it.
    basis: Mapped[str] = mapped_column(Text)
    placed_by_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    placed_on: Mapped[date]
    lifted_by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    lifted_on: Mapped[date | None]


class Certificate(Base):
    """A deletion: begun, and when nothing is left to be found, signed. One that was cut off is taken up again."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("step IN ('begun', 'deleting', 'scrubbing', 'signed')", name="deletion_step_is_known"),
        CheckConstraint("(step = 'signed') = (document IS NOT NULL)", name="what_is_signed_has_a_document"),
        CheckConstraint("(document IS NULL) = (sha256 IS NULL)", name="certificates_have_a_hash"),
        CheckConstraint("recheck IS NULL OR document IS NOT NULL", name="only_certificates_are_checked_again"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: None for what belongs to no round. No foreign key: it outlives what it tells of, and holds nothing of anybody.
    round_id: Mapped[str | None] = mapped_column(String(32))
    #: Names of `privacy.schedule`'s layers.
    layers: Mapped[list[str]]
    #: What was there before anything was deleted, as the certificate will say it.
    before: Mapped[dict[str, Any]]
    step: Mapped[str] = mapped_column(String(10), default="begun")
    begun_on: Mapped[date]
    #: JSON as it was signed (`privacy.evidence`), and its SHA-256.
    document: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))
    #: The day after the last backup from before it; and what was signed when it was looked for again then.
    check_after: Mapped[date | None]
    recheck: Mapped[str | None] = mapped_column(Text)

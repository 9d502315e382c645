"""What the privacy officer writes down and signs, and the audit pack that was made last. Nothing about respondents."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class RegisterFact(Base):
    """A fact of the school that no setting knows: who is responsible, and how they are reached."""

    __tablename__ = "register_fact"
    __table_args__ = (CheckConstraint("length(words) > 0", name="register_facts_say_something"),)

    #: A name of `operations.audit.registers.facts`.
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    written_on: Mapped[date]


class SignOff(Base):
    """Somebody signed a register. It holds for these very words: another text needs another one."""

    __tablename__ = "sign_off"
    __table_args__ = (
        UniqueConstraint("register", "text_hash", name="one_sign_off_per_text"),
        CheckConstraint("length(role) > 0", name="sign_offs_have_a_role"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    register: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    #: SHA-256 over all that the register said.
    text_hash: Mapped[str] = mapped_column(String(64))
    #: The role that it is signed with; an account's name is not in here.
    role: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    signed_on: Mapped[date]


class AuditPack(Base):
    """The audit pack in one language: asked for, being made, or made. A newer one takes its place."""

    __tablename__ = "audit_pack"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'made')", name="audit_pack_has_a_state"),
        CheckConstraint("(body IS NULL) = (sha256 IS NULL)", name="audit_packs_have_a_hash"),
        CheckConstraint("state = 'asked' OR body IS NOT NULL", name="made_audit_packs_are_there"),
        CheckConstraint("done BETWEEN 0 AND files", name="audit_packs_are_made_file_by_file"),
    )

    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: "asked" while a newer one is being made; an older body stays until then.
    state: Mapped[str] = mapped_column(String(10), default="asked")
    #: How many of its files are made, and how many there will be.
    done: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    asked_on: Mapped[date]
    made_on: Mapped[date | None]
    body: Mapped[bytes | None]
    sha256: Mapped[str | None] = mapped_column(String(64))

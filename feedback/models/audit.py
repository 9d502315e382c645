"""What is done every day, and what staff did. Nothing that a respondent did is ever written here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Chore(Base):
    """Something done once a day, and the school day on which it was last done."""

    __tablename__ = "chore"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    done_on: Mapped[date]


class AuditEntry(Base):
    """One staff action. Each entry carries the hash of the one before, so that a changed or missing one shows."""

    __tablename__ = "audit_entry"
    # For the officer's page of the list: it is searched by each of these, newest first, and never read as a whole.
    __table_args__ = tuple(
        Index(f"ix_audit_entry_{column}", column, "number") for column in ("account", "action", "object_id", "at")
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[str] = mapped_column(String(64))
    #: Counts and names of settings; never an answer.
    facts: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

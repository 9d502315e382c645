"""What the privacy officer keeps an eye on: incidents, proofs that were run, and the reports of each month."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Incident(Base):
    """Something went wrong with personal data. A row is written once and never changed: notes are added to it."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("length(what) > 0", name="incidents_say_what"),
        CheckConstraint(
            "people IN ('nobody', 'under_10', '10_to_100', 'over_100', 'unknown')", name="incidents_count_in_bands"
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: UTC, naive: when the school learned of it. The 72 hours of GDPR Art. 33 begin then.
    found_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    data: Mapped[str] = mapped_column(Text)
    people: Mapped[str] = mapped_column(String(12))
    measures: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    noted_at: Mapped[datetime]


class IncidentNote(Base):
    """What came after: more that was learned, what was done, who was told when, or that it is closed."""

    __tablename__ = "incident_note"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('learned', 'measure', 'told_authority', 'told_people', 'closed')", name="incident_notes_are_known"
        ),
        Index("ix_incident_note_incident_id", "incident_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    incident_id: Mapped[str] = mapped_column(ForeignKey("incident.id"))
    kind: Mapped[str] = mapped_column(String(20))
    #: UTC, naive: when it was done; for what was learned, when it was noted.
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    noted_at: Mapped[datetime]


class ProofRun(Base):
    """One run of a proof, with how far it came. It is running only while its process holds a lock beside it."""

    __tablename__ = "proof_run"
    __table_args__ = (
        CheckConstraint("what IN ('prove', 'dry_run', 'verify')", name="proof_runs_are_known"),
        CheckConstraint("state IN ('asked', 'running', 'done', 'cut_off')", name="proof_run_has_a_state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    what: Mapped[str] = mapped_column(String(10))
    #: UTC, naive: the newest is the one that counts.
    asked_at: Mapped[datetime]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    #: [{name, holds, said, means}]: never an answer, a code, or a number that follows from how many answered.
    lines: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    account: Mapped[str] = mapped_column(String(120))


class MonthReport(Base):
    """The report of a month in a language, asked for and then kept as it was rendered."""

    __tablename__ = "month_report"

    #: The first day of the month.
    month: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: SHA-256 over all that it says, and the PDF, once it is rendered.
    of: Mapped[str] = mapped_column(String(64), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)

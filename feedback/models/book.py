"""A pilot's book: what staff write down about a pilot, beside its rounds. No entry is about one respondent."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id

#: Every kind of entry there is. What an entry of a kind holds is said, and checked, by its operation in `operations`.
KINDS = (
    "amendment",  # a change to what was agreed before opening, with both wordings and the reason
    "seat",  # a role on the team, with its term and deputy
    "milestone",  # a day in the calendar
    "plan_line",  # which instrument asks which audience, in which wave
    "dose",  # how much the thing was used in one week
    "cost",  # licence, hours or devices
    "observation",  # what somebody saw, without names
    "work_sample",  # counts per rubric level of one class
    "usage",  # imported: use of a tool by one class in one week
    "assessment",  # imported: results of one class as counts
    "why_not",  # why a tool is not used
    "claim",  # a line of the triangulation matrix
    "totals",  # how many people there are in each declared group of a round
    "reflection",  # one team member's answers to the four questions
    "review",  # a timed meeting
    "debrief",  # effective, adjust, why
    "after_action",  # expected, actual, why, sustain, improve
    "conversation",  # a data conversation's notes
    "lesson",  # what was learned
    "cycle",  # plan, do, study, act
    "decision",  # scale, adjust or stop
    "exit_step",  # a line of the exit checklist
    "reply",  # you said, we thought, we did
    "idea",  # what a class says should be tried next
)


class BookEntry(Base):
    """One entry in a pilot's book. `body` has the shape that its kind's operation gives it."""

    __tablename__ = "book_entry"
    __table_args__ = (
        CheckConstraint("kind IN (" + ", ".join(f"'{kind}'" for kind in KINDS) + ")", name="entry_has_a_known_kind"),
        CheckConstraint("length(state) > 0", name="entry_has_a_state"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id"), index=True)
    #: The round that it is about, where it is about one.
    round_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[dict[str, Any]]
    #: A word of the kind's own: "open", "done", "published" ...
    state: Mapped[str] = mapped_column(String(12), default="open")
    #: The role that it is signed with; an account's name is not in here.
    role: Mapped[str] = mapped_column(String(60), default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    written_on: Mapped[date]


class Ticket(Base):
    """An exit ticket: one code for a whole term, behind which a class's round is opened again and again."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint("k >= 5", name="ticket_k_protects_people"),
        CheckConstraint("group_size IS NOT NULL OR k >= 20", name="ticket_k_is_20_without_group_size"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id"))
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument_version.id"))
    title: Mapped[str] = mapped_column(String(120))
    languages: Mapped[list[str]]
    k: Mapped[int]
    group_size: Mapped[int | None]
    #: How many days after an opening the class hears what it said.
    promise_days: Mapped[int] = mapped_column(default=7)
    #: The last day of its term; it is not opened afterwards.
    ends_on: Mapped[date]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))


class Evidence(Base):
    """What a pilot's reports say, frozen: its rounds' releases by hash, its criteria's verdicts, its book's figures."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("pilot_id", "number", name="evidence_is_numbered"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_on: Mapped[date]


class PilotDocument(Base):
    """A PDF about a pilot: asked for (no body yet), or rendered once and stored with its hash. `of` names its facts."""

    __tablename__ = "pilot_document"
    __table_args__ = (
        UniqueConstraint("pilot_id", "kind", "language", "of", name="pilot_document_rendered_once"),
        CheckConstraint("(body IS NULL) = (sha256 IS NULL)", name="rendered_documents_have_a_hash"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id"))
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    of: Mapped[str] = mapped_column(String(64))
    #: How often rendering has been begun; after a few it counts as failed, and only a person starts it anew.
    tries: Mapped[int] = mapped_column(default=0)
    body: Mapped[bytes | None]
    sha256: Mapped[str | None] = mapped_column(String(64))

"""Rounds and the numbered, never-changing instrument versions they ask."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, new_id
from feedback.models.pilot import Pilot


class InstrumentVersion(Base):
    """One version of an instrument as canonical JSON; it never changes once a round has asked it."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("name", "number", name="one_instrument_per_version_number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school that published it; None for the library's, and for what a round left out or worded anew.
    school_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    #: Of a version of the school's own: its day, what is new in it, what it was made from. A library form has none.
    published_on: Mapped[date | None]
    change_note: Mapped[str] = mapped_column(Text, default="")
    adapted_from: Mapped[str] = mapped_column(String(120), default="")
    #: The language that it was written in.
    source_language: Mapped[str] = mapped_column(String(20), default="en")
    #: What the checker found and was allowed to stay: {rule, key, reason, role}.
    decisions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class Round(Base):
    """One pilot, one audience, one instrument version, one box, one key."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("k >= 5", name="k_protects_people"),
        CheckConstraint("group_size IS NOT NULL OR imported OR k >= 20", name="k_is_20_where_no_group_size_caps"),
        CheckConstraint("group_size IS NULL OR group_size >= k", name="group_can_reach_k"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("state = 'draft' OR promise_on IS NOT NULL", name="no_round_without_a_promise_date"),
        CheckConstraint("audience IN ('students', 'families', 'staff')", name="round_has_one_audience"),
        CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'counting', 'counted', 'scrubbed', 'too_few', 'joined', 'destroyed')",
            name="round_has_a_known_state",
        ),
        CheckConstraint("if_too_few IN ('destroy', 'extend', 'join')", name="too_few_has_an_end"),
        CheckConstraint("(state = 'joined') = (joined_id IS NOT NULL)", name="joined_rounds_say_which"),
        CheckConstraint("NOT slips OR group_size IS NOT NULL", name="slips_are_for_a_group_of_known_size"),
        CheckConstraint("slips OR slips_printed = 0", name="only_rounds_with_slips_print_them"),
        CheckConstraint("NOT imported OR if_too_few = 'destroy'", name="imported_rounds_never_open_again"),
        CheckConstraint("paper_until IS NULL OR paper_until > closes_at", name="paper_comes_after_screens"),
        CheckConstraint("wave IN ('', 'baseline', 'middle', 'end')", name="round_has_a_known_wave"),
        CheckConstraint("paper_until IS NULL OR NOT imported", name="imported_rounds_take_no_paper"),
        CheckConstraint(
            "counted_on_paper IS NULL OR (counted_on_paper >= k AND counted_envelopes - counted_on_paper >= k)",
            name="paper_is_told_of_crowds_only",
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: What respondents type: Crockford's letters and digits, no meaning.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id"))
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument_version.id"))
    audience: Mapped[str] = mapped_column(String(12))
    #: What the school calls this audience, e.g. "Class 5A".
    title: Mapped[str] = mapped_column(String(120))
    languages: Mapped[list[str]]
    #: UTC, naive.
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    #: Until when returned sheets may still be typed in at the desk, where that is later; the box waits for it.
    paper_until: Mapped[datetime | None]
    k: Mapped[int]
    group_size: Mapped[int | None]
    #: Declared before opening: ids of choice questions, or "group".
    breakdowns: Mapped[list[str]]
    #: [{code, name, size}] handed to groups as links or sheets.
    groups: Mapped[list[dict[str, Any]]]
    keep_comments_days: Mapped[int] = mapped_column(default=90)
    keep_tallies_days: Mapped[int] = mapped_column(default=1095)
    if_too_few: Mapped[str] = mapped_column(String(10), default="destroy")
    extended: Mapped[bool] = mapped_column(default=False)
    #: The round whose count opens this one's box too, where too few people answered and `if_too_few` is "join".
    joined_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"))
    #: Whether an envelope needs a slip, and how many slips were printed; both are public.
    slips: Mapped[bool] = mapped_column(default=False)
    slips_printed: Mapped[int] = mapped_column(default=0)
    promise_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    #: How many words the school's list of names has; the words themselves are tags in `name_word`.
    name_words: Mapped[int] = mapped_column(default=0)
    #: What staff may know while it is open; changes only when the box is shaken, and never back.
    enough: Mapped[bool] = mapped_column(default=False)
    #: Which wave of a pilot it is: "baseline", "middle", "end", or "" for none.
    wave: Mapped[str] = mapped_column(String(10), default="")
    #: Id of the exit ticket that it is one opening of; no foreign key, which SQLite could not let go of again.
    ticket_id: Mapped[str | None] = mapped_column(String(32))
    class_session: Mapped[bool] = mapped_column(default=False)
    #: Whether an adult reads the questions aloud; then the form offers no voice of its own.
    read_aloud: Mapped[bool] = mapped_column(default=False)
    #: In which of its languages what children write is read for safety; [] where nobody is asked to write, or nobody
    #: under 18 is asked. It stands from the opening on.
    read_languages: Mapped[list[str]] = mapped_column(default=list)
    #: Languages that nobody has signed and that are asked all the same, for a reason that the audit log has.
    unchecked: Mapped[list[str]] = mapped_column(default=list)
    #: Spelling put right while the round was open: {key, language, before, after, on}.
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    imported: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)
    #: How many valid envelopes were counted; only after the count.
    counted_envelopes: Mapped[int | None]
    #: How many of them came on paper; None unless at least k did, and at least k did not.
    counted_on_paper: Mapped[int | None]
    counted_on: Mapped[date | None]
    #: The days on which retention deleted what people wrote, and then the counts and their releases.
    comments_purged_on: Mapped[date | None]
    tallies_purged_on: Mapped[date | None]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))

    pilot: Mapped[Pilot] = relationship(back_populates="rounds")
    instrument: Mapped[InstrumentVersion] = relationship()

    @property
    def box_shuts_at(self) -> datetime:
        """UTC, naive: when nothing more goes into the box, from screens or from paper."""
        return self.paper_until or self.closes_at

"""What is left when the box has been counted: tallies, comments, frozen releases and what points at them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Tally(Base):
    """How many people are in one cell of one question, of everybody or of one group of a declared breakdown."""

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("people >= 0", name="tallies_count_people"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    #: "" is everybody.
    breakdown: Mapped[str] = mapped_column(String(40), primary_key=True, default="")
    group: Mapped[str] = mapped_column(String(80), primary_key=True, default="")
    #: "" is "answered at all".
    cell: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    people: Mapped[int]


class Comment(Base):
    """What one person wrote, redacted, sealed under the round's data key, in random order, beside no other answer."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("length(sealed) % 256 = 0", name="comments_are_padded"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    question: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes]
    #: What analysis made of it (themes, language, mood), sealed too: a rare language is an identifier.
    sealed_reading: Mapped[bytes | None]


class Theme(Base):
    """A theme suggested for the comments to one question, and what a person decided about it."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("round_id", "question", "code", name="one_theme_per_code"),
        CheckConstraint("decision IN ('suggested', 'accepted', 'rejected')", name="theme_decision_is_known"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    question: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(120))
    #: What its English comments say more often than the others do: people's words, so sealed like them; a hint for
    #: the reviewer, never released.
    sealed_phrases: Mapped[bytes | None]
    decision: Mapped[str] = mapped_column(String(10), default="suggested")
    #: Ids of at most three comments approved as quotes: a person has said that nobody could tell who wrote them.
    quotes: Mapped[list[str]] = mapped_column(default=list)
    #: How a quote is worded where a person shortened it or mended its spelling; people's words, so sealed.
    sealed_wordings: Mapped[bytes | None]
    #: Code of the theme that it was merged into; "" is none. Comments keep the code they were read with.
    merged_into: Mapped[str] = mapped_column(String(60), default="")
    #: Whether a person accepted it under another name than the one it was suggested with.
    renamed: Mapped[bool] = mapped_column(default=False)


class Translations(Base):
    """What interpreters wrote of a round's comments, all in one, sealed and padded: not which, and not how many.

    It is there for every round whose comments were read, so that nobody knows that there was something to translate.
    """

    __tablename__ = "translations"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    sealed: Mapped[bytes]


class ReviewStep(Base):
    """What one step of a review changed, so that it can be undone until the review is signed; sealed like comments."""

    __tablename__ = "review_step"
    __table_args__ = (UniqueConstraint("round_id", "number", name="review_steps_in_order"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    sealed: Mapped[bytes]


class ReviewQuality(Base):
    """How much of what the machine suggested people kept when they signed; without who they were."""

    __tablename__ = "review_quality"
    __table_args__ = (CheckConstraint("kept_percent BETWEEN 0 AND 100", name="kept_is_a_percentage"),)

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    #: Themes that the machine suggested, and what became of them; those that people made are counted apart.
    suggested: Mapped[int]
    accepted: Mapped[int]
    renamed: Mapped[int]
    merged: Mapped[int]
    rejected: Mapped[int]
    made: Mapped[int]
    #: Whole percent of the comments that stayed in the themes that the machine had put them in.
    kept_percent: Mapped[int]


class Release(Base):
    """Figures or words of a round, frozen once for one reader."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("round_id", "part", "reader", name="released_once"),
        CheckConstraint("part IN ('figures', 'words')", name="release_part_is_known"),
        CheckConstraint("reader IN ('team', 'public')", name="release_reader_is_known"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    part: Mapped[str] = mapped_column(String(10))
    reader: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    released_on: Mapped[date]


class RollUp(Base):
    """Several rounds with the same questions, summed and frozen once for each reader."""

    __tablename__ = "roll_up"
    __table_args__ = (
        CheckConstraint("kind IN ('school', 'district')", name="roll_up_kind_is_known"),
        CheckConstraint("reader IN ('team', 'public')", name="roll_up_reader_is_known"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    #: The school whose rounds they are; None where they are of several.
    school_id: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    round_ids: Mapped[list[str]]
    reader: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    released_on: Mapped[date]


class NextStep(Base):
    """A next step as a person worded it before printing; it points at a release and never changes it."""

    __tablename__ = "next_step"
    __table_args__ = (UniqueConstraint("release_id", "question", "language", name="one_next_step_per_finding"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"))
    question: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class ReportRequest(Base):
    """PDFs that somebody asked for and that are not made yet: what the queue loses in a crash is found here.

    `kind` is a report about a round (`operations.reports.kinds`), or "papers" (what is printed before it and while it
    is open).
    """

    __tablename__ = "report_request"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True, default="teacher")
    #: Code of the group whose link the papers carry; "" is the round's own link.
    group: Mapped[str] = mapped_column(String(12), primary_key=True, default="")
    #: How often rendering has been begun; after a few it counts as failed, and only a person starts it anew.
    tries: Mapped[int] = mapped_column(default=0)


class Document(Base):
    """A PDF rendered once, with its hash: a report of releases, or a paper of a round. `of` names what it shows."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("round_id", "kind", "language", "of", name="rendered_once"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(20))
    #: SHA-256 over everything that is shown, or over its hashes.
    of: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes]
    sha256: Mapped[str] = mapped_column(String(64))

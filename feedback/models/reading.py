"""The reading queue: what under-18s wrote, as it lies on the desk of a trained adult who is not their teacher."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base

#: States of a part. After the count it WAITS for the next hand-out; LATE is one that was not read on its day.
WAITING, HANDED_OUT, LATE, ESCALATED, DECIDED = "waiting", "handed_out", "late", "escalated", "decided"
#: Verdicts: red and amber were escalated and are never a comment; "redact" has the reader's own text.
RED, AMBER, REDACT, FINE = "red", "amber", "redact", "fine"


class Part(Base):
    """One text in the reading queue, beside no other of the same person. No day, no order, no envelope.

    While the box is shut its row stays when it is decided, empty, so that it is not handed out again.
    """

    __tablename__ = "part"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="part_id_has_one_length"),
        CheckConstraint("sealed IS NULL OR length(sealed) % 256 = 0", name="parts_are_padded"),
        CheckConstraint("(state = 'decided') = (sealed IS NULL)", name="decided_parts_are_empty"),
        CheckConstraint(
            "state IN ('waiting', 'handed_out', 'late', 'escalated', 'decided')", name="part_has_a_known_state"
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    #: `privacy.words.part_id`; of a part that the count made, 128 random bits.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: `privacy.words.words_hash`, "" once the round was counted: then nobody can make it any more.
    words_hash: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10))
    #: Text, language and grade, and what is to become a comment, sealed under the round's reading key.
    sealed: Mapped[bytes | None]


class Decision(Base):
    """What the reader said about words, until the count looks it up; then it goes, and the key of its hash too."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("length(words_hash) = 32", name="words_hash_has_one_length"),
        CheckConstraint("verdict IN ('red', 'amber', 'redact', 'fine')", name="verdict_is_known"),
        CheckConstraint("(verdict = 'redact') = (sealed IS NOT NULL)", name="redacted_words_have_others_instead"),
        CheckConstraint("sealed IS NULL OR length(sealed) % 256 = 0", name="words_instead_are_padded"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    words_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(6))
    #: The reader's text in its place, sealed under the round's reading key.
    sealed: Mapped[bytes | None]


class Reader(Base):
    """Who reads what is written to a round in one language, and who does when that person is away."""

    __tablename__ = "reader"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    is_deputy: Mapped[bool] = mapped_column(primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))

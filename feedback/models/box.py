"""The box: sealed envelopes, without time, address, language, group, order or a link to anything."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Envelope(Base):
    """One sealed form. Its id is derived from the receipt, the receipt from the form key: a retry is the same row."""

    __tablename__ = "envelope"
    # Without a rowid no counter is stored; the order inside a page is destroyed by shaking the box.
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="envelope_id_has_one_length"),
        CheckConstraint("length(sealed) % 256 = 0", name="envelopes_are_padded"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    format: Mapped[int]
    sealed: Mapped[bytes]
    #: Room for the part that is sealed to the reading queue (formats from 2 on).
    sealed_for_reading: Mapped[bytes | None]

"""The box: sealed envelopes, and the slips and rooms that let one in; no time, address, language, order or link."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id

#: The format of an envelope that was withdrawn: its place is kept until the count, and nothing is in it.
WITHDRAWN = 0


class Envelope(Base):
    """One sealed form. Its id is derived from the receipt, the receipt from the form key: a retry is the same row."""

    __tablename__ = "envelope"
    # Without a rowid no counter is stored; the order inside a page is destroyed by shaking the box.
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="envelope_id_has_one_length"),
        CheckConstraint("length(sealed) % 256 = 0", name="envelopes_are_padded"),
        CheckConstraint("(format = 0) = (length(sealed) = 0)", name="withdrawn_envelopes_are_empty"),
        CheckConstraint("format > 0 OR sealed_for_reading IS NULL", name="withdrawn_envelopes_are_read_by_nobody"),
        CheckConstraint("(format = 2) = (sealed_for_reading IS NOT NULL)", name="format_2_has_a_part_to_be_read"),
        CheckConstraint(
            "sealed_for_reading IS NULL OR length(sealed_for_reading) = length(sealed)", name="both_parts_have_one_size"
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: `privacy.box.FORMAT` or READ_FORMAT, or WITHDRAWN.
    format: Mapped[int]
    sealed: Mapped[bytes]
    #: What under-18s wrote, once more, sealed to the reading queue (format 2).
    sealed_for_reading: Mapped[bytes | None]


class Slip(Base):
    """The tag of one printed slip: an HMAC of its code under the round's pepper, and whether it was used.

    Using one changes a single bit in place, so that the row moves to no other place in the file (privacy.md, L4).
    """

    __tablename__ = "slip"
    __table_args__ = (
        CheckConstraint("length(tag) = 32", name="slip_tag_has_one_length"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(32), primary_key=True)
    used: Mapped[bool] = mapped_column(default=False)


class Room(Base):
    """One slip for a room of children who share devices, good for as many envelopes as it has places.

    Its code is kept as it is, not as a tag: it opens no answer, it stands on a classroom's wall, and the desk shows it
    again for every device that has to be started. How many places are left is for the box alone, and in no page.
    """

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint("length(code) = 13", name="room_code_has_one_length"),
        CheckConstraint("length(places_left) = 4", name="places_left_have_one_length"),
        CheckConstraint("places >= 5", name="rooms_are_for_several_children"),
        CheckConstraint("pause_seconds >= 90", name="rooms_let_children_pause"),
        {"sqlite_with_rowid": False},
    )

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    #: What staff call it; no respondent sees it.
    name: Mapped[str] = mapped_column(String(80))
    #: Code of the group whose children answer here, None for any.
    group: Mapped[str | None] = mapped_column(String(12))
    places: Mapped[int]
    #: Four digits, not a number: SQLite keeps numbers in varying width, and a row that grows or shrinks may move to
    #: another place in the file, while one that is changed in place does not (privacy.md, L4).
    places_left: Mapped[str] = mapped_column(String(4))
    #: How long nothing may be touched before a device asks whether somebody is there.
    pause_seconds: Mapped[int]
    closed: Mapped[bool] = mapped_column(default=False)


class NameWord(Base):
    """A word of the school's list of names, as a tag under the round's data key; nobody can read it back.

    The tag of a word, or of a spelling near it: which one it is, and which belong together, no row tells.
    """

    __tablename__ = "name_word"
    __table_args__ = (
        CheckConstraint("length(tag) = 32", name="name_words_are_tags_of_one_length"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(32), primary_key=True)


class SlipRequest(Base):
    """More slips than the group's size and its spares: one person asks, another one says yes, and then they print."""

    __tablename__ = "slip_request"
    __table_args__ = (
        CheckConstraint("slips > 0", name="slips_are_asked_for_by_number"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> asked_by_id", name="more_slips_need_two_people"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    slips: Mapped[int]
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))

"""What the privacy officer settled: whose law the school goes by, which forms may be asked this school year, and what
families were told. Nothing here is about a respondent: of families who said no there is a number, and no name.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class PrivacyRules(Base):
    """Rules as they were chosen, never changed: those with the highest number hold."""

    __tablename__ = "privacy_rules"
    __table_args__ = (
        CheckConstraint("k_team >= 5", name="team_sees_crowds_of_five"),
        CheckConstraint("k_public >= 10", name="public_sees_crowds_of_ten"),
        CheckConstraint("k_public >= k_team", name="public_sees_no_more_than_the_team"),
        CheckConstraint("notice_days BETWEEN 0 AND 60", name="notice_is_a_matter_of_weeks"),
        CheckConstraint(
            "NOT milder OR (agreed_by_id IS NOT NULL AND agreed_by_id <> by_id)", name="milder_rules_need_two_people"
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: An id of `privacy.jurisdictions`.
    profile: Mapped[str] = mapped_column(String(40))
    k_team: Mapped[int]
    k_public: Mapped[int]
    notice_days: Mapped[int]
    #: Whether something may be given for taking part.
    gifts: Mapped[bool]
    #: Whether they ask for less than those before them.
    milder: Mapped[bool] = mapped_column(default=False)
    #: Ids of accounts; no foreign keys, for the rules outlive whoever chose them.
    by_id: Mapped[str] = mapped_column(String(32))
    agreed_by_id: Mapped[str | None] = mapped_column(String(32))
    chosen_on: Mapped[date]


class FormApproval(Base):
    """The officer's yes to a version of a form, under one profile, for one school year."""

    __tablename__ = "form_approval"
    __table_args__ = (
        UniqueConstraint("school_id", "instrument_id", "profile", "school_year", name="one_approval_a_school_year"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school of a district; see `models.scope`.
    school_id: Mapped[str | None] = mapped_column(String(32))
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument_version.id"))
    profile: Mapped[str] = mapped_column(String(40))
    #: The first day of the school year that it holds in.
    school_year: Mapped[date]
    by_id: Mapped[str] = mapped_column(String(32))
    approved_on: Mapped[date]


class FamilyNotice(Base):
    """What families were told before anybody was asked, in one language: of one round, or (no round) the whole year."""

    __tablename__ = "family_notice"
    __table_args__ = (
        CheckConstraint("channel IN ('paper', 'message', 'meeting', 'website')", name="notice_channel_is_known"),
        CheckConstraint("length(words) > 0", name="notices_say_something"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school of a district; see `models.scope`.
    school_id: Mapped[str | None] = mapped_column(String(32))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("round.id"), index=True)
    instrument_id: Mapped[str] = mapped_column(ForeignKey("instrument_version.id"), index=True)
    #: SHA-256 of the version that families could look at.
    version_sha256: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(10))
    given_on: Mapped[date]
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))


class Participation(Base):
    """How families' say was minded in a round: slips that were not handed out, and what is given for taking part."""

    __tablename__ = "participation"
    __table_args__ = (
        CheckConstraint("slips_kept_back IS NULL OR slips_kept_back >= 0", name="slips_kept_back_are_a_number"),
        CheckConstraint("NOT gift OR length(gift_words) > 0", name="gifts_are_named"),
    )

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    #: None until somebody has said so; 0 where every family agreed.
    slips_kept_back: Mapped[int | None]
    gift: Mapped[bool] = mapped_column(default=False)
    gift_words: Mapped[str] = mapped_column(String(200), default="")


class SchoolLetter(Base):
    """An answer to somebody who asks for a person's answers, for their deletion, or to a court; its figures signed."""

    __tablename__ = "school_letter"
    __table_args__ = (
        CheckConstraint("kind IN ('access', 'erasure', 'court')", name="letter_kind_is_known"),
        CheckConstraint("(body IS NULL) = (sha256 = '')", name="letters_are_kept_with_their_hash"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: The school of a district; see `models.scope`.
    school_id: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(20))
    #: The figures as a signed document (`privacy.evidence`), which goes along with the letter.
    signed: Mapped[str] = mapped_column(Text)
    #: The PDF; None until the worker has made it.
    body: Mapped[bytes | None]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    tries: Mapped[int] = mapped_column(default=0)
    written_on: Mapped[date]
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))

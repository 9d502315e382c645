"""The form workshop: drafts and their steps, what was decided about their words, and translations with signatures.

Nothing here is about respondents: a draft is written before anybody is asked.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class Draft(Base):
    """A form that somebody is writing. Its versions are `InstrumentVersion`s of the same name."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    school_id: Mapped[str] = mapped_column(String(32))
    #: The instrument's own id, in files and in versions; free in all schools of the installation.
    name: Mapped[str] = mapped_column(String(80), unique=True)
    #: The language that it is written in; every other one is a translation.
    source_language: Mapped[str] = mapped_column(String(20))
    #: `forms.draft` as JSON, with words in the source language alone.
    body: Mapped[str] = mapped_column(Text)
    #: Goes up with every change, so that nobody writes over what they have not seen.
    revision: Mapped[int] = mapped_column(default=1)
    #: What it was made from, such as "my-learning-tool 1"; "" for nothing.
    adapted_from: Mapped[str] = mapped_column(String(120), default="")
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    changed_on: Mapped[date]


class DraftStep(Base):
    """One change of a draft, with the draft as it was before, so that it can be undone."""

    __tablename__ = "draft_step"
    __table_args__ = (UniqueConstraint("draft_id", "number", name="one_step_per_number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"), index=True)
    number: Mapped[int]
    #: What was done, such as "question_added"; and about which item, section or theme.
    code: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(80), default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    done_on: Mapped[date]
    before: Mapped[str] = mapped_column(Text)


class CheckDecision(Base):
    """Why something that the checker found may stay, or may not. It holds for the very words it was made about."""

    __tablename__ = "check_decision"
    __table_args__ = (
        UniqueConstraint("name", "digest", name="one_decision_per_remark"),
        CheckConstraint("verdict IN ('allowed', 'refused')", name="check_verdict_is_known"),
        CheckConstraint("length(reason) > 0", name="check_decisions_have_a_reason"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80), index=True)
    rule: Mapped[str] = mapped_column(String(40))
    #: `forms.checks.Remark.digest`: the rule and the words it is about.
    digest: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    #: The role that it is signed with; an account's name is not in here.
    role: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_on: Mapped[date]


class TranslatedText(Base):
    """One text of an instrument in one further language, with the source that it says in other words."""

    __tablename__ = "translated_text"
    __table_args__ = (
        UniqueConstraint("name", "key", "language", "hand", name="one_text_per_language_and_hand"),
        CheckConstraint("state IN ('machine', 'draft')", name="translation_state_is_known"),
        CheckConstraint("hand IN ('first', 'second')", name="translation_hand_is_known"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80), index=True)
    #: A key of `forms.texts`.
    key: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    #: "first" is asked; "second" is another person's own translation, to compare with.
    hand: Mapped[str] = mapped_column(String(8), default="first")
    words: Mapped[str] = mapped_column(Text)
    #: "machine" until a person has written or changed it; whether it is stale or signed follows from its texts.
    state: Mapped[str] = mapped_column(String(8))
    #: The source text as it was translated: where the draft says something else now, this is stale.
    source: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    changed_on: Mapped[date]


class TextSignature(Base):
    """A person who reads the language says that these words say what those say. It holds for these very texts."""

    __tablename__ = "text_signature"
    __table_args__ = (UniqueConstraint("source_hash", "language", "words_hash", name="one_signature_per_text"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    #: SHA-256 of the source text and of the translation (`forms.texts.words_hash`).
    source_hash: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(20))
    words_hash: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    signed_on: Mapped[date]

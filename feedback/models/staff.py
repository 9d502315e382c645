"""Staff accounts and their sign-ins. Respondents have neither."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id

#: Every role there is; each has a column. `feedback.privacy.permissions` has them too, and a test compares.
ROLES = ("lead", "teacher", "reader", "interpreter", "officer", "administrator", "translator", "auditor")


class StaffMember(Base):
    """A person who works at the school and signs in."""

    __tablename__ = "staff_member"
    __table_args__ = (
        CheckConstraint("NOT (is_officer AND is_administrator)", name="officer_is_never_administrator"),
        # Keeping accounts and reading what people say are never one person's.
        CheckConstraint("NOT (is_administrator AND (is_lead OR is_reader))", name="administrator_reads_nothing"),
        CheckConstraint(
            "NOT is_auditor OR NOT (is_lead OR is_teacher OR is_reader OR is_interpreter OR is_officer "
            "OR is_administrator OR is_translator)",
            name="auditor_is_nothing_else",
        ),
        CheckConstraint(
            "is_lead OR is_teacher OR is_reader OR is_interpreter OR is_officer OR is_administrator OR is_translator "
            "OR is_auditor",
            name="staff_have_a_role",
        ),
        # Also where somebody goes round the service: one person elsewhere is one account here.
        Index("one_account_per_provider_subject", "provider_issuer", "provider_subject", unique=True),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(120), unique=True)
    #: The school that this person works at; None for the district's staff, who work for all of its schools.
    school_id: Mapped[str | None] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_lead: Mapped[bool] = mapped_column(default=False)
    is_teacher: Mapped[bool] = mapped_column(default=False)
    is_reader: Mapped[bool] = mapped_column(default=False)
    is_interpreter: Mapped[bool] = mapped_column(default=False)
    is_officer: Mapped[bool] = mapped_column(default=False)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_translator: Mapped[bool] = mapped_column(default=False)
    is_auditor: Mapped[bool] = mapped_column(default=False)
    #: Codes of the languages that an interpreter translates from, and a translator into.
    languages: Mapped[list[str]] = mapped_column(default=list)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    #: UTC, naive; no sign-in is tried before.
    locked_until: Mapped[datetime | None]
    #: Nobody signs in with a disabled account; what it did stays its own.
    is_disabled: Mapped[bool] = mapped_column(default=False)
    #: The key of the authenticator app, sealed (`privacy.door_key`); None without an app.
    app_key: Mapped[bytes | None]
    #: The thirty seconds, counted from 1970, of the newest code that was used: no code is used twice.
    app_step: Mapped[int] = mapped_column(default=0)
    #: Who this person is for the school's own sign-in service (OpenID Connect): never an e-mail address.
    provider_issuer: Mapped[str | None] = mapped_column(String(255))
    provider_subject: Mapped[str | None] = mapped_column(String(255))

    @property
    def roles(self) -> frozenset[str]:
        """The names of the roles this account has, as `privacy.permissions` knows them."""
        return frozenset(name for name in ROLES if getattr(self, f"is_{name}"))


class SignIn(Base):
    """A signed-in (or signing-in) browser. The cookie holds a random token; here is only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: What its owner's list calls it: the token's hash stays here.
    id: Mapped[str] = mapped_column(String(32), unique=True, default=new_id)
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"))
    #: When it was signed in; a session ends some hours later, used or not.
    begun_at: Mapped[datetime]
    #: What Flask's session holds, kept on the server.
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen_at: Mapped[datetime]

"""What opens the door to staff accounts beside a password: recovery codes, passkeys, links that are used once."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, new_id


class RecoveryCode(Base):
    """A code for the day on which the telephone is gone. Its row goes when it is used."""

    __tablename__ = "recovery_code"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"), index=True)
    #: HMAC under a key that is not in the database.
    code_hash: Mapped[str] = mapped_column(String(64))


class Passkey(Base):
    """The public half of a key that lies in a person's device (WebAuthn)."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"), index=True)
    #: What the device calls it, as base64url.
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes]
    #: How often the device has signed, as it says; one that goes back is a copy.
    uses: Mapped[int] = mapped_column(default=0)
    #: The owner's word for the device.
    name: Mapped[str] = mapped_column(String(60))
    added_on: Mapped[date]


class OneTimeLink(Base):
    """A link that a person hands over: an invitation, a new password, a new second step. Only its hash is here."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("kind IN ('invitation', 'password', 'factor')", name="links_have_a_kind"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    #: UTC, naive.
    expires_at: Mapped[datetime]

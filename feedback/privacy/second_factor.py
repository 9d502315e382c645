"""Codes of authenticator apps (TOTP, RFC 6238, six digits in thirty seconds) and codes for when the app is gone."""

import hmac
import secrets
from datetime import UTC, datetime

import pyotp

SECONDS = 30
RECOVERY_CODES = 10
#: Without letters and digits that look alike: 16 of 32 are 80 random bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS = 4


def new_app_key() -> str:
    """160 random bits as 32 letters of base32, as apps take them."""
    return pyotp.random_base32()


def address_for_apps(key: str, account: str, school_name: str) -> str:
    """The `otpauth:` address that an app reads from the square."""
    return pyotp.TOTP(key).provisioning_uri(name=account, issuer_name=f"Voicebox {school_name}")


def code_at(key: str, now: datetime) -> str:
    """The six digits that an app shows at this moment (UTC, naive)."""
    return pyotp.TOTP(key).generate_otp(_step(now))


def step_of(key: str, typed: str, now: datetime, *, newest_used: int) -> int | None:
    """The thirty seconds to which the typed code belongs: this one, the last or the next; None where it does not fit.

    Codes up to `newest_used` were used already. One used further ahead than an app can be was used while the clock
    was wrong.
    """
    here = _step(now)
    used = newest_used if newest_used <= here + 1 else 0
    app = pyotp.TOTP(key)
    fitting = [step for step in (here - 1, here, here + 1) if hmac.compare_digest(app.generate_otp(step), typed)]
    return next((step for step in fitting if step > used), None)


def digits_of(typed: str) -> str | None:
    """The six digits that were typed, in whatever script and grouping; None where it is something else."""
    plain = "".join(str(int(each)) for each in typed if each.isdecimal())
    others = [each for each in typed if not each.isdecimal() and not each.isspace()]
    return plain if len(plain) == 6 and not others else None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes such as abcd-efgh-jkmn-pqrs."""
    return tuple(
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    )


def plain_recovery_code(typed: str) -> str:
    """A code as it was made, however it was typed: hyphens, spaces and capitals tell nothing."""
    return "".join(each for each in typed.casefold() if each.isalnum())


def in_groups(key: str) -> str:
    """A key in groups of four, as people copy it."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _step(now: datetime) -> int:
    return int(now.replace(tzinfo=UTC).timestamp()) // SECONDS

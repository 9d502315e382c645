"""Staff passwords: argon2id (RFC 9106), and a pause after wrong ones that grows per account, never per address."""

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 12
_TRIES_BEFORE_A_PAUSE = 5
LONGEST_PAUSE = timedelta(minutes=15)
#: 19 MiB, two passes (OWASP's password storage cheat sheet): a school office's old computer has to bear it too.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The argon2id hash with its parameters and salt."""
    return _HASHER.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits; does the same work for an account that does not exist (None)."""
    try:
        fits = _HASHER.verify(password_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


def pause_after(failures: int, now: datetime) -> datetime | None:
    """Until when no sign-in is tried: from the fifth wrong password on, doubling up to fifteen minutes."""
    if failures < _TRIES_BEFORE_A_PAUSE:
        return None
    doublings = min(failures - _TRIES_BEFORE_A_PAUSE, 10)
    return now + min(timedelta(seconds=30 << doublings), LONGEST_PAUSE)


@cache
def _nobody() -> str:
    """Checked when the account does not exist, so that a wrong account takes as long as a wrong password."""
    return _HASHER.hash("no such account, and the same work")

"""Staff passwords: argon2id (RFC 9106), and a pause after wrong ones that grows per account, never per address."""

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Characters that a password needs, and that pages advise.
SHORTEST_PASSWORD, ADVISED_PASSWORD = 12, 15
_FEWEST_GUESSES = 10**8
_TRIES_BEFORE_A_PAUSE = 5
LONGEST_PAUSE = timedelta(minutes=15)
#: 19 MiB, two passes (OWASP's password storage cheat sheet): a school office's old computer has to bear it too.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The argon2id hash with its parameters and salt."""
    return _HASHER.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits; does the same work for an account that does not exist (None)
    or has no password yet.
    """
    known = password_hash if password_hash and password_hash.startswith("$argon2") else None
    try:
        fits = _HASHER.verify(known or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and known is not None


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


def weaknesses(password: str, *names: str) -> tuple[str, ...]:
    """What is wrong with a new password, as codes: "password_short", "password_names", "password_common".

    `names` are the account's and the school's. Common are the 30,000 passwords that zxcvbn (MIT) brings along, and
    what is made of them, of rows of keys, of years and of repeated letters; nothing is asked of any network.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take 12 MB, and few requests ever choose a password

    wrong = []
    if len(password) < SHORTEST_PASSWORD:
        wrong.append("password_short")
    plain = _letters(password)
    parts = {_letters(part) for name in names for part in (name, name.partition("@")[0])}
    if any(len(part) >= 4 and part in plain for part in parts):
        wrong.append("password_names")
    # As many tries as a stolen hash bears in a few minutes; 72 letters are all that zxcvbn takes.
    if not wrong and zxcvbn(password[:72])["guesses"] < _FEWEST_GUESSES:
        wrong.append("password_common")
    return tuple(wrong)


def _letters(words: str) -> str:
    return "".join(each for each in words.casefold() if each.isalnum())

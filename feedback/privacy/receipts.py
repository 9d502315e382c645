"""Receipts: 4 x 4 digits that only the respondent has. Form key -> receipt -> envelope id; each step is one-way.

HMAC-SHA-256 under the round's pepper (RFC 2104), not a password hash: the form key has 128 random bits and three
hundred submissions in five seconds must fit two cores (privacy.md, "Between a submission and the count").
"""

import hmac
import re
import secrets
from hashlib import sha256

_FORM_KEY = re.compile(r"[0-9a-f]{32}")
_DIGITS = 15


def new_form_key() -> str:
    """A form's only identifier: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def is_form_key(text: str) -> bool:
    """Whether the text has the shape of a form key."""
    return _FORM_KEY.fullmatch(text) is not None


def receipt_of(form_key: str, pepper: bytes) -> str:
    """Sixteen digits in four groups, the last one a check digit: the same for the same form, however often sent."""
    tag = hmac.digest(pepper, b"receipt " + form_key.encode(), sha256)
    digits = f"{int.from_bytes(tag[:8]) % 10**_DIGITS:0{_DIGITS}d}"
    whole = digits + check_digit(digits)
    return " ".join(whole[start : start + 4] for start in range(0, 16, 4))


def envelope_id(receipt: str, pepper: bytes) -> str:
    """The id of the envelope a receipt belongs to: 32 hex digits."""
    plain = "".join(receipt.split())
    return hmac.digest(pepper, b"envelope " + plain.encode(), sha256)[:16].hex()


def check_digit(digits: str) -> str:
    """Luhn's check digit (ISO/IEC 7812-1, annex B): finds every single mistyped digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)

"""Receipts: 4 x 4 digits that only the respondent has. Form key -> receipt -> envelope id; each step is one-way.

HMAC-SHA-256 under the round's pepper (RFC 2104), not a password hash: the form key has 128 random bits and three
hundred submissions in five seconds must fit two cores (privacy.md, "Between a submission and the count").
"""

import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from hashlib import sha256

_FORM_KEY = re.compile(r"[0-9a-f]{32}")
_DIGITS = 15
#: Cut before anything is done with it: nobody types that much, and programs may send anything.
_LONGEST_TYPED = 60
#: Spaces, dashes, marks and invisible signs, which people put between digits or copy along with them.
_BETWEEN_DIGITS = ("Z", "P", "C", "M")
_MINUS = "\N{MINUS SIGN}"
_NOBODYS = "?" * (_DIGITS + 1)


def new_form_key() -> str:
    """A form's only identifier: 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def is_form_key(text: str) -> bool:
    """Whether the text has the shape of a form key."""
    return _FORM_KEY.fullmatch(text) is not None


def key_of_page(form_key: str, *, own: str, slip: str, answers: Mapping[str, object]) -> str:
    """The form key of whoever filled in a page that a cache may have handed to several people, with one key in it.

    Our pages forbid to be kept, but a school's proxy may keep them all the same (RFC 9111 binds only the willing).
    `own` is a form key that the page's script drew when it was opened, or "": then the page, its slip and its answers
    together tell people apart. A retry has all of these equal, so it is the same envelope after days, too. The limit:
    of people whom a cache gave one page, who run no script, have no slips and answer alike, one is counted.
    """
    return _one_way([form_key, own] if own else [form_key, slip, dict(answers)])


def key_of_screens(form_key: str) -> str:
    """The form key of whoever has a page with a key that nobody else's page has.

    Without a line an envelope waits on the device under this key. It cannot be sent back as a page's own key, which
    would be answered with the receipt: so whoever has the device next learns no receipt from what waits there.
    """
    return _one_way([form_key])


def receipt_of(form_key: str, pepper: bytes) -> str:
    """Sixteen digits in four groups, the last one a check digit: the same for the same form, however often sent."""
    tag = hmac.digest(pepper, b"receipt " + form_key.encode(), sha256)
    digits = f"{int.from_bytes(tag[:8]) % 10**_DIGITS:0{_DIGITS}d}"
    whole = digits + check_digit(digits)
    return " ".join(whole[start : start + 4] for start in range(0, 16, 4))


def normal(typed: str) -> str:
    """What was typed as sixteen plain digits of any script; for anything else something that is nobody's receipt.

    The check digit is not looked at: a mistyped receipt is looked up like a right one, at the same cost (L17).
    """
    read = [
        str(unicodedata.decimal(sign, "?"))
        for sign in typed[:_LONGEST_TYPED]
        if unicodedata.category(sign)[0] not in _BETWEEN_DIGITS and sign != _MINUS
    ]
    digits = "".join(read)
    return digits if len(digits) == len(_NOBODYS) and "?" not in digits else _NOBODYS


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


def _one_way(told_apart: list[object]) -> str:
    return sha256(json.dumps(told_apart, sort_keys=True).encode()).hexdigest()[:32]

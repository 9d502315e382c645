"""Slips: single-use codes drawn from a hat, ten letters that anybody can type and one that finds mistakes.

The database keeps a tag of each code only, an HMAC-SHA-256 under the round's pepper (RFC 2104): 50 random bits need no
slow hash and no lock-out (privacy.md, "Between a submission and the count").
"""

import hmac
import re
import secrets
import unicodedata
from hashlib import sha256

#: Crockford's base 32: no I, L, O, U, so that nothing is mistaken and no word arises. Codes of rounds use it too.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_RANDOM = 10
#: Cut before anything is done with it: nobody types that much, and programs may send anything.
_LONGEST_TYPED = 60
_BETWEEN_LETTERS = ("Z", "P", "C", "M")
_MINUS = "\N{MINUS SIGN}"
_CODE = re.compile(f"[{LETTERS}]{{{_RANDOM + 1}}}")


def new_code() -> str:
    """A slip's code as it is printed, "XXXX-XXXX-XXX": 50 random bits and a check letter."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(_RANDOM))
    return _shown(letters + check_letter(letters))


def normal(typed: str) -> str | None:
    """What was typed as it is printed; None where it is mistyped.

    Read are small letters, digits of every script, O for 0, I and L for 1, with any spaces and dashes or none.
    """
    letters = "".join(_plain(typed[:_LONGEST_TYPED])).upper().translate(_READ_AS)
    if not _CODE.fullmatch(letters) or check_letter(letters[:-1]) != letters[-1]:
        return None
    return _shown(letters)


def tag(code: str, group: str | None, pepper: bytes) -> str:
    """What is stored of a slip: 32 hex digits from its printed code, the code of its group, and the pepper."""
    return hmac.digest(pepper, f"slip {group or ''} {code}".encode(), sha256)[:16].hex()


def check_letter(letters: str) -> str:
    """Luhn's check in base 32: finds each single mistyped letter, and each swap of neighbours but 0 with Z."""
    base, total = len(LETTERS), 0
    for place, letter in enumerate(reversed(letters)):
        value = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return LETTERS[-total % base]


def _shown(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _plain(typed: str) -> list[str]:
    # Compatibility forms first: full-width letters of an East Asian keyboard, the dotted I of a Turkish one.
    found = []
    for letter in unicodedata.normalize("NFKD", typed):
        value = unicodedata.decimal(letter, None)
        if value is not None:
            found.append(str(value))
        elif unicodedata.category(letter)[0] not in _BETWEEN_LETTERS and letter != _MINUS:
            found.append(letter)
    return found

"""Words in the reading queue: which are the same, and under which id an envelope's text is handed out.

Both are HMAC-SHA-256 under the round's pepper, which is destroyed with the key of its box. Until then whoever has it
can tell that a text was decided about, if they can guess it; afterwards nobody can, also with an old backup in hand.
"""

import hmac
import unicodedata
from hashlib import sha256

_LENGTH = 16


def normal_words(text: str) -> str:
    """The text without what people type differently: case, width, invisible signs, spaces around and between."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    return " ".join(seen.split())


def words_hash(text: str, pepper: bytes) -> str:
    """Under what a decision about this text is kept: 32 hex digits."""
    return hmac.digest(pepper, b"words " + normal_words(text).encode("utf-8", "surrogatepass"), sha256)[:_LENGTH].hex()


def part_id(envelope_id: str, question: str, pepper: bytes) -> str:
    """The id under which an envelope's answer to one question is handed out: 32 hex digits.

    Derived, so that a hand-out that is cut off hands out nothing twice, and so that who withdraws takes back what lies
    on the reader's desk, too. Without the pepper it leads to no envelope.
    """
    return hmac.digest(pepper, f"part {envelope_id} {question}".encode(), sha256)[:_LENGTH].hex()

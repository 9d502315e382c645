"""The audit chain: each entry's hash covers its contents and the hash of the entry before (canonical JSON, SHA-256)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One staff action as it is hashed. `at` is UTC to the second."""

    number: int
    at: datetime
    account: str
    action: str
    object_id: str
    facts: dict[str, Any]
    previous_hash: str

    def hash(self) -> str:
        """SHA-256 of the canonical entry, in hex."""
        canonical = json.dumps(
            {
                "account": self.account,
                "action": self.action,
                "at": self.at.isoformat(timespec="seconds"),
                "facts": self.facts,
                "number": self.number,
                "object": self.object_id,
                "previous": self.previous_hash,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return sha256(canonical.encode()).hexdigest()


def first_broken(entries: Iterable[tuple[Entry, str]]) -> int | None:
    """The number of the first entry that was changed, moved or is missing its forerunner; None if all hold."""
    expected_number, previous = 1, FIRST
    for entry, stored_hash in entries:
        if entry.number != expected_number or entry.previous_hash != previous or entry.hash() != stored_hash:
            return expected_number
        expected_number, previous = expected_number + 1, stored_hash
    return None

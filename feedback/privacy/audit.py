"""The audit chain: each entry's hash covers its contents and the hash of the entry before (canonical JSON, SHA-256).

A chain shows by itself what was changed, moved or taken out of its middle. That its end was cut off, or that somebody
wrote it anew from one entry on, shows only against a head that was written down elsewhere: see `Head`. Entries whose
years are over go from its beginning; the last of them stays as a signed head, on which the rest still hangs.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

FIRST = "0" * 64


class How(StrEnum):
    """What is wrong with an entry of the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"
    #: A head itself was changed; the number is that of its line.
    HEAD = "head"


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


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry as it was on some day: its number and its hash."""

    number: int
    hash: str


#: Before the first entry.
ORIGIN = Head(0, FIRST)


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first entry that does not hold, and what is wrong with it."""

    number: int
    how: How

    @property
    def told(self) -> str:
        """The sentence for the console."""
        return _TOLD[self.how].format(number=self.number)


_TOLD = {
    How.CHANGED: "Entry {number} of what staff did was changed or moved.",
    How.MISSING: "Entry {number} of what staff did is missing.",
    How.CUT_OFF: "Entry {number} of what staff did and all after it were cut off: a published head has more.",
    How.REWRITTEN: "Entry {number} of what staff did is not the one that was published, or the chain was written anew.",
    How.HEAD: "Line {number} of the published heads was changed, or is not this school's.",
}


def first_wrong(entries: Iterable[tuple[Entry, str]], heads: Sequence[Head] = (), after: Head = ORIGIN) -> Wrong | None:
    """The first entry that does not hold, by the chain itself or by the heads; None if all hold.

    `entries` are (entry, stored hash) by number; up to `after` they went by their date, and what is left of them is not
    looked at. An entry whose own hash was put right after a change is told by the one after it; a chain that was
    written anew, or cut off, by the heads.
    """
    stored = {after.number: after.hash}
    wrong = _wrong_in_chain(entries, stored, after)
    return wrong or _wrong_by_heads(stored, [head for head in heads if head.number >= after.number])


def _wrong_in_chain(entries: Iterable[tuple[Entry, str]], stored: dict[int, str], after: Head) -> Wrong | None:
    """Fills `stored` with the hash of every entry."""
    expected, previous = after.number + 1, after.hash
    for entry, stored_hash in entries:
        if entry.number <= after.number:
            continue
        if entry.number != expected:
            return Wrong(expected, How.MISSING)
        if entry.hash() != stored_hash:
            return Wrong(expected, How.CHANGED)
        if entry.previous_hash != previous:
            return Wrong(max(expected - 1, 1), How.CHANGED)
        stored[expected] = stored_hash
        expected, previous = expected + 1, stored_hash
    return None


def _wrong_by_heads(stored: dict[int, str], heads: Sequence[Head]) -> Wrong | None:
    for head in sorted(heads, key=lambda each: each.number):
        if head.number not in stored:
            return Wrong(max(stored) + 1, How.CUT_OFF)
        if stored[head.number] != head.hash:
            return Wrong(head.number, How.REWRITTEN)
    return None

"""Heads of the audit chain: signed once a day, kept apart from the database, shown to everybody.

    KEYSTORE/heads    one signed document a line, oldest first (`privacy.evidence`): kind "audit-head" with the facts
                      {number, hash}; "audit-restored" with {number}: a backup was put back, and what the chain had
                      after this entry went with it; or "audit-begun" with {number, hash}: entries up to this one went
                      by their date, and the chain begins after it

Whoever writes the whole chain anew, or cuts off its end, does not get past a head: it lies in the keystore and stands
on public pages, where anybody may have noted it down.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from feedback.db import reading
from feedback.models import AuditEntry
from feedback.operations.record import stored_entries
from feedback.operations.school import School
from feedback.privacy.audit import ORIGIN, Head, How, Wrong, first_wrong
from feedback.privacy.evidence import NotGenuine, evidence_key, read_document, sign_document
from feedback.privacy.key_files import KeyFiles

HEAD, RESTORED, BEGUN = "audit-head", "audit-restored", "audit-begun"
#: The last line is shorter than this.
_TAIL = 4096
#: Digits of a hash that people compare with a noted one.
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class DayHead:
    """The newest entry at the end of a day. `document` is the signed form, for whoever wants to check it."""

    on: date
    number: int
    hash: str
    document: dict[str, Any]

    @property
    def mark(self) -> str:
        """The beginning of the hash in groups of four, short enough to note down."""
        return " ".join(self.hash[at : at + 4] for at in range(0, _SHOWN, 4))


class _Foreign(Exception):
    """A line of the heads that this school did not sign."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def sign_head(school: School, *, today: date) -> DayHead | None:
    """Sign the newest entry as the head of today; None where there is no entry, or today has its head."""
    with reading(school.engine) as session:
        last = session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
        facts = {"number": last.number, "hash": last.hash} if last else None
    newest = latest_head(school)
    if facts is None or (newest is not None and newest.on == today):
        return None
    _append(school, HEAD, facts, on=today)
    return latest_head(school)


def last_number(school: School) -> int:
    """The number of the newest audit entry; 0 where there is none."""
    with reading(school.engine) as session:
        return session.scalar(select(AuditEntry.number).order_by(AuditEntry.number.desc()).limit(1)) or 0


def note_restored(school: School, *, last: int, today: date) -> None:
    """A backup was put back whose newest entry is `last`: heads of what came after it bind the chain no more."""
    if _file(school).exists():
        _append(school, RESTORED, {"number": last}, on=today)


def note_begun(school: School, after: Head, *, today: date) -> None:
    """Sign that the chain begins after this entry from now on. It has to be signed before anything goes."""
    _append(school, BEGUN, {"number": after.number, "hash": after.hash}, on=today)


def begins_after(school: School) -> Head:
    """The last entry that went by its date; `ORIGIN` where none has, and where a line was not signed here."""
    try:
        return _binding(school)[0]
    except _Foreign:
        return ORIGIN


def heads_signed(school: School) -> bytes:
    """Every signed head as it lies in the keystore, one a line, oldest first; b"" before the first."""
    return KeyFiles(school.keystore.folder).read(_file(school)) if _file(school).exists() else b""


def latest_head(school: School) -> DayHead | None:
    """The newest head; None before the first, and where the keystore is away."""
    try:
        with _file(school).open("rb") as opened:
            opened.seek(max(os.fstat(opened.fileno()).st_size - _TAIL, 0))
            lines = opened.read().splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        found = json.loads(line) if line.endswith(b"}") and line.startswith(b"{") else {}
        if found.get("voicebox") == HEAD:
            return DayHead(
                date.fromisoformat(found["signed_on"]), found["facts"]["number"], found["facts"]["hash"], found
            )
    return None


def head_until(school: School, last: date) -> DayHead | None:
    """The newest head of this day or an earlier one."""
    if not _file(school).exists():
        return None
    lines = KeyFiles(school.keystore.folder).read(_file(school)).splitlines()
    for found in map(json.loads, reversed(lines)):
        on = date.fromisoformat(found["signed_on"])
        if found["voicebox"] == HEAD and on <= last:
            return DayHead(on, found["facts"]["number"], found["facts"]["hash"], found)
    return None


def first_wrong_entry(school: School) -> Wrong | None:
    """The first audit entry that does not hold, by the chain itself and by every head; None where all hold."""
    try:
        after, heads = _binding(school)
    except _Foreign as changed:
        return Wrong(changed.line, How.HEAD)
    return first_wrong(stored_entries(school), heads, after)


def first_broken_entry(school: School) -> int | None:
    """The same by the chain alone, for one that is put back and knows nothing of newer heads: the entry's number."""
    wrong = first_wrong(stored_entries(school), after=begins_after(school))
    return wrong.number if wrong else None


def fits(school: School, head: Head) -> bool | None:
    """Whether the chain has exactly this entry: for a head that somebody noted down or printed.

    None where the entry went by its date.
    """
    if head.number < begins_after(school).number:
        return None
    with reading(school.engine) as session:
        found = session.get(AuditEntry, head.number)
        return found is not None and found.hash == head.hash


def _binding(school: School) -> tuple[Head, list[Head]]:
    """After which entry the chain begins, and the heads that bind it."""
    begun, heads = [ORIGIN], list[Head]()
    for kind, facts in _read(school):
        if kind == RESTORED:
            begun, heads = ([head for head in kept if head.number <= facts["number"]] for kept in (begun, heads))
        else:
            (begun if kind == BEGUN else heads).append(Head(facts["number"], facts["hash"]))
    return begun[-1], heads


def _read(school: School) -> Iterator[tuple[str, dict[str, Any]]]:
    if not _file(school).exists():
        return
    ours = evidence_key(school.keystore)
    for number, line in enumerate(KeyFiles(school.keystore.folder).read(_file(school)).splitlines(), start=1):
        try:
            read = read_document(line)
        except NotGenuine as changed:
            raise _Foreign(number) from changed
        if read.public_key != ours or read.kind not in (HEAD, RESTORED, BEGUN):
            raise _Foreign(number)
        yield read.kind, read.facts


def _append(school: School, kind: str, facts: dict[str, Any], *, on: date) -> None:
    document = sign_document(school.keystore, kind, facts, school_name=school.settings.school_name, on=on)
    files = KeyFiles(school.keystore.folder)
    with files.locked():
        files.append(_file(school), json.dumps(document, ensure_ascii=False).encode() + b"\n")


def _file(school: School) -> Path:
    return school.keystore.folder / "heads"

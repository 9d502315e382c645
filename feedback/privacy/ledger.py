"""The ledger: one JSON line for each box counted, each thing purged and each envelope withdrawn.

It lies in the keystore and is applied at every start, so that an old backup of the database brings nothing back.
Lines of withdrawals carry the SHA-256 of an envelope's id and go when their round is counted, for then no envelope
is left to bring back; until then they stand last and sorted, so that their order tells nothing.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback.privacy.key_files import KeyFiles

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one keystore. Several processes may write to it."""

    files: KeyFiles

    def note(self, what: str, facts: dict[str, Any]) -> None:
        """Add a line and sync it. `facts` never hold an answer."""
        # The newline in front ends a line that a power cut tore, so that this one is not lost with it.
        line = f"\n{_line(what, facts)}\n".encode()
        # Locked, so that no line falls between the reading and the replacing of `tidy`.
        with self.files.locked():
            self.files.append(self._path, line)

    def entries(self) -> Iterator[dict[str, Any]]:
        """The entries, oldest first. A line torn by a power cut was never acted upon and is passed over."""
        return _entries(self.lines())

    def lines(self) -> list[str]:
        """Every line as it stands, torn ones too; none where there is no ledger yet."""
        try:
            # Read at once and under the lock: `tidy` overwrites the ledger that it replaces.
            body = self.files.read(self._path)
        except FileNotFoundError:
            return []
        return _lines(body)

    def tidy(self, over: Collection[str] = ()) -> None:
        """Sort the withdrawals, and drop those of rounds that are over (their ids)."""
        with self.files.locked():
            if not self._path.exists():
                return
            before = self._path.read_bytes()
            kept = [entry for entry in _entries(_lines(before)) if not _is_over(entry, over)]
            lines = [_line(str(entry.pop("what", "")), entry) for entry in kept]
            body = "".join(f"{line}\n" for line in sorted(lines, key=_withdrawals_last)).encode()
            if body != before:
                # The old one is overwritten: it tells in which order people withdrew.
                self.files.replace(self._path, body)

    @property
    def _path(self) -> Path:
        return self.files.root / "ledger"


def _lines(body: bytes) -> list[str]:
    return body.decode(errors="replace").splitlines()


def _entries(lines: list[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry


def _is_over(entry: dict[str, Any], over: Collection[str]) -> bool:
    return entry.get("what") == WITHDRAWN and entry.get("round") in over


def _withdrawals_last(line: str) -> str:
    return line if f'"{WITHDRAWN}"' in line else ""


def _line(what: str, facts: dict[str, Any]) -> str:
    return json.dumps({"what": what, **facts}, sort_keys=True)

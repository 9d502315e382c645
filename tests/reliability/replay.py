"""The disk as a power cut could leave it: what was synced is there, what was not is there, gone, or torn.

Stated limits: directory entries (a file that was made or removed) are assumed durable; a disk that lies about a sync
is not modelled. SQLite's -shm file is left out: it is memory, and is made anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from tests.reliability.failing_disk import Done

#: What a disk writes whole (ATA's logical sector).
_SECTOR = 512


class Tear(Enum):
    """What becomes of unsynced writes."""

    #: All of them are lost.
    DROPPED = "dropped"
    #: They reached the disk in order up to some moment, and the next one is torn.
    CUT_SHORT = "cut short"
    #: Any of them reached the disk, whatever their order, each whole or torn.
    SHUFFLED = "shuffled"


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Done] = field(default_factory=list)

    def after_a_cut(self, tear: Tear, dice: Random) -> bytearray:
        body = bytearray(self.durable)
        if tear is Tear.DROPPED:
            return body
        short = dice.randint(0, len(self.waiting))
        for number, done in enumerate(self.waiting):
            if tear is Tear.CUT_SHORT:
                if number < short:
                    _apply(body, done)
                elif number == short:
                    _apply_torn(body, done, dice)
            elif (lot := dice.randrange(3)) == 1:
                _apply(body, done)
            elif lot == 2:
                _apply_torn(body, done, dice)
        return body


@dataclass(slots=True)
class Replay:
    """The files of one folder, by path, while recorded writes are played back to them."""

    files: dict[str, _File] = field(default_factory=dict)

    def start_with(self, path: str, body: bytes) -> None:
        """A file that was there, and durable, before the recording began."""
        self.files[path] = _File(bytearray(body))

    def play(self, done: Done) -> None:
        """One more thing was done."""
        if done.what == "u":
            self.files.pop(done.path, None)
        elif done.what == "r":
            self.files[done.data.decode()] = self.files.pop(done.path)
        elif done.what == "s":
            # A folder is synced too; its entries are durable here anyhow.
            file = self.files.get(done.path, _File())
            for one in file.waiting:
                _apply(file.durable, one)
            file.waiting.clear()
        else:
            waiting = self.files.setdefault(done.path, _File()).waiting
            waiting += [done] if done.what in "wt" else []

    def after_a_cut(self, tear: Tear, dice: Random, *, only: Iterable[str]) -> dict[str, bytes]:
        """Those of the files that are there, as a cut at this moment could leave them."""
        return {path: bytes(self.files[path].after_a_cut(tear, dice)) for path in only if path in self.files}


def _apply(body: bytearray, done: Done) -> None:
    if done.what == "t":
        del body[done.place :]
        body.extend(bytes(done.place - len(body)))
        return
    body.extend(bytes(max(0, done.place - len(body))))
    body[done.place : done.place + len(done.data)] = done.data


def _apply_torn(body: bytearray, done: Done, dice: Random) -> None:
    """Some sectors of the write arrived, others kept what was in them."""
    for start in range(0, len(done.data), _SECTOR):
        if dice.random() < 0.5:
            _apply(body, Done("w", done.path, done.place + start, done.data[start : start + _SECTOR]))

"""The failing disk: recorder.c, compiled here, its control page, and its log read back."""

import mmap
import os
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_HEADER = struct.Struct("<cHQI")
_PAGE = 4096


class Fault(IntEnum):
    """What the disk cannot do now; the numbers are recorder.c's."""

    NONE = 0
    FULL = 1
    READ_ONLY = 2
    SYNC_FAILS = 3


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done to a file: "o" opened, "w" written, "t" cut to `place`, "s" synced, "u" removed, "r" renamed."""

    what: str
    path: str
    place: int
    data: bytes


class Disk:
    """The disk under one folder, for processes that are started with its `environ`."""

    def __init__(self, workshop: Path, folder: Path, *, records: bool = False) -> None:
        workshop.mkdir(parents=True, exist_ok=True)
        library, control = workshop / "recorder.so", workshop / "control"
        source = Path(__file__).with_name("recorder.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, source], check=True)
        control.write_bytes(bytes(_PAGE))
        file = os.open(control, os.O_RDWR)
        self._control = mmap.mmap(file, _PAGE)
        os.close(file)
        self.log = workshop / "log"
        self.environ = {
            "LD_PRELOAD": str(library),
            "RECORDER_FOLDER": f"{folder}/",
            "RECORDER_CONTROL": str(control),
            **({"RECORDER_LOG": str(self.log)} if records else {}),
        }

    def now(self, fault: Fault) -> None:
        """From now on, the disk has this fault."""
        self._control[0:4] = fault.to_bytes(4, "little")

    def sync_takes(self, milliseconds: int) -> None:
        """From now on, every sync waits this long first."""
        self._control[4:8] = milliseconds.to_bytes(4, "little")

    def done(self) -> Iterator[Done]:
        """What was recorded, in order."""
        with self.log.open("rb") as log:
            while header := log.read(_HEADER.size):
                what, path, place, length = _HEADER.unpack(header)
                yield Done(what.decode(), log.read(path).decode(), place, log.read(length))

"""Sound made anew as speech in a process of its own: what reads files from outside is large, and can break there."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedback.operations.errors import NotReady

#: Bytes of a file that is taken: three minutes of what a browser records, without being squeezed, are nine of them.
MOST_BYTES = 10 * 1024 * 1024
#: Seconds; three minutes of sound take two.
_PATIENCE = 60
#: To begin takes longer than to make a recording, so that several share a process; and seconds more for each of them.
_AT_ONCE, _EACH = 16, 4
#: By itself, because names of modules beside it are names of others' modules as well.
_PROGRAM = [sys.executable, "-I", str(Path(__file__).with_name("sound.py"))]


@dataclass(frozen=True, slots=True)
class Speech:
    """A recording made anew as MP3, and its length in seconds, rounded up."""

    body: bytes
    seconds: int


def speech_apart(body: bytes) -> tuple[bytes, int]:
    """The recording as `sound.as_speech` makes it, and its length in seconds, rounded up.

    NotReady: "no_sound", "too_large", "m4a", "unreadable", "too_long", "silent", "strange".
    """
    (made,) = speeches_apart([body])
    if isinstance(made, str):
        raise NotReady(made)
    return made.body, made.seconds


def speeches_apart(bodies: Sequence[bytes], *, make: bool = True) -> list[Speech | str]:
    """Each of them as speech, or the code of what is wrong with it, as `speech_apart` has them.

    `make=False` hears them only, which is a third of the work: the bodies are b"" then. One that breaks what reads it
    is "unreadable", and those behind it are read all the same.
    """
    told: list[Speech | str] = [_refused(body) for body in bodies]
    left = [place for place, code in enumerate(told) if not code]
    while left:
        now = left[:_AT_ONCE]
        for speech in _together([bodies[place] for place in now], make=make):
            told[left.pop(0)] = speech
    return told


def _refused(body: bytes) -> str:
    if not body:
        return "no_sound"
    if len(body) > MOST_BYTES:
        return "too_large"
    return "m4a" if body[4:8] == b"ftyp" else ""


def _together(bodies: Sequence[bytes], *, make: bool) -> list[Speech | str]:
    """What became of the first ones; of at least one."""
    sent = b"".join(len(body).to_bytes(4) + body for body in bodies)
    command = _PROGRAM if make else [*_PROGRAM, "hear"]
    patience = _PATIENCE + _EACH * (len(bodies) - 1)
    try:
        said = subprocess.run(command, input=sent, capture_output=True, timeout=patience, check=False).stdout  # noqa: S603 - its own file
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    told = list(_told(said))
    return told if len(told) == len(bodies) else [*told, "unreadable"]


def _told(said: bytes) -> Iterator[Speech | str]:
    """What the process said in full."""
    while said:
        line, _, rest = said.partition(b"\n")
        try:
            code, seconds, length = line.decode().split(" ")
            body, said = rest[: int(length)], rest[int(length) :]
        except ValueError:
            return
        if len(body) < int(length):
            return
        yield Speech(body, int(seconds)) if code == "made" else code

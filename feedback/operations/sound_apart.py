"""Sound made anew as speech in a process of its own: what reads files from outside is large, and can break there."""

import subprocess
import sys
from pathlib import Path

from feedback.operations.errors import NotReady

#: Bytes of a file that is taken: three minutes of what a browser records, without being squeezed, are nine of them.
MOST_BYTES = 10 * 1024 * 1024
#: Seconds; three minutes of sound take two.
_PATIENCE = 60
_CODES = {"too_large", "unreadable", "too_long", "silent", "strange"}
#: By itself, because names of modules beside it are names of others' modules as well.
_PROGRAM = [sys.executable, "-I", str(Path(__file__).with_name("sound.py"))]


def speech_apart(body: bytes) -> tuple[bytes, int]:
    """The recording as `sound.as_speech` makes it, and its length in seconds, rounded up.

    NotReady: "no_sound", "too_large", "m4a", "unreadable", "too_long", "silent", "strange".
    """
    if not body:
        raise NotReady("no_sound")
    if len(body) > MOST_BYTES:
        raise NotReady("too_large")
    if body[4:8] == b"ftyp":
        raise NotReady("m4a")
    try:
        done = subprocess.run(_PROGRAM, input=body, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - its own file
    except subprocess.TimeoutExpired as late:
        raise NotReady("unreadable") from late
    if done.returncode:
        code = done.stderr.decode(errors="replace").strip()
        raise NotReady(code if code in _CODES else "unreadable")
    seconds, _, made = done.stdout.partition(b"\n")
    return made, int(seconds)

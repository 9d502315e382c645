"""Recordings of a round's questions: voices of the school that read them aloud. No respondent's voice is ever kept.

They lie beside the school's look, outside the database: `recordings/<round's code>/<language>/<item>.mp3`. They are no
part of a backup; the school has the files that they were made from.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from feedback.config import Settings
from forms import aloud
from forms.definition import Instrument
from forms.notice import Notice

#: What is read besides the items: no item's id begins with a digit.
INTRODUCTION, PRACTICE, END = aloud.INTRODUCTION, "0-practice", "0-end"


def what_is_read(instrument: Instrument) -> tuple[str, ...]:
    """Names of all recordings that the form can have, in the order of its screens."""
    items = [item.id for item in instrument.items if isinstance(item, Notice) or item.companion_of is None]
    practice = [PRACTICE] if instrument.ages == "6-8" and instrument.layout == "screens" else []
    end = [END] if instrument.layout == "screens" else []
    return (INTRODUCTION, *practice, *items, *end)


def recorded(settings: Settings, code: str, language: str) -> frozenset[str]:
    """Names of the recordings there are for the round with this code in this language."""
    try:
        return frozenset(file.stem for file in _folder(settings, code, language).glob("*.mp3"))
    except OSError:
        # A file system that cannot be read takes the recordings away, and not the form.
        return frozenset()


def read_recording(settings: Settings, code: str, language: str, name: str) -> bytes:
    """One recording as MP3; empty where there is none of this name."""
    if name not in recorded(settings, code, language):
        return b""
    try:
        return (_folder(settings, code, language) / f"{name}.mp3").read_bytes()
    except OSError:
        return b""


def put_recordings(settings: Settings, code: str, language: str, made: Mapping[str, bytes]) -> None:
    """Keep these, in place of others of the same names; none of them becomes visible before all are on the disk."""
    folder = _folder(settings, code, language)
    # For the user that serves the pages, too: everybody hears it anyway.
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = {folder / f"{name}.mp3": folder / f"{name}.mp3.new" for name in made}
    try:
        for new, body in zip(fresh.values(), made.values(), strict=True):
            new.write_bytes(body)
            new.chmod(0o644)
        for kept, new in fresh.items():
            new.replace(kept)
    finally:
        for new in fresh.values():
            new.unlink(missing_ok=True)


def forget_recordings(settings: Settings, code: str) -> None:
    """Delete all recordings of the round with this code. Repeatable."""
    shutil.rmtree(all_recordings(settings) / code, ignore_errors=True)


def all_recordings(settings: Settings) -> Path:
    """The folder of every round's recordings; it need not be there."""
    return settings.instance / "recordings"


def is_made_anew(file: Path) -> bool:
    """Whether the file begins as those do that were made here: with a frame of sound, and no words before it."""
    try:
        with file.open("rb") as opened:
            first = opened.read(2)
    except OSError:
        return False
    return len(first) == 2 and first[0] == 0xFF and first[1] & 0xE0 == 0xE0


def _folder(settings: Settings, code: str, language: str) -> Path:
    return all_recordings(settings) / code / language

"""The school's look: a logo, drawn anew so that nothing else is in the file, and one colour that can be read."""

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from feedback.config import Settings
from feedback.operations.workshop.picture_file import PictureUnreadable, open_picture
from feedback.palette import Palette, palettes

#: Pixels of the longer side: a phone shows it about a third as large.
_LONGEST_SIDE = 180


class LogoUnreadable(Exception):
    """The file is no picture, or an enormous one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What pages show: the colours by day and by night (None: Voicebox's own), and whether there is a logo.

    `version` changes whenever something of it does.
    """

    version: str
    colours: tuple[Palette, Palette] | None
    has_logo: bool


def set_colour(settings: Settings, colour: str) -> None:
    """From now on pages use this colour; ColourUnreadable or ColourTooPale, and then nothing changes."""
    palettes(colour)
    _write(settings, "colour", colour.strip().lower().encode())


def set_logo(settings: Settings, picture: bytes) -> None:
    """From now on pages show this picture, made small; LogoUnreadable, and then nothing changes."""
    _write(settings, "logo.png", _drawn_anew(picture))


def forget_look(settings: Settings) -> None:
    """Back to Voicebox's own."""
    for name in ("colour", "logo.png"):
        (_folder(settings) / name).unlink(missing_ok=True)


def read_look(settings: Settings) -> Look:
    """The look as it is now."""
    colour, logo = _read(settings, "colour"), _read(settings, "logo.png")
    version = sha256(b"%d %s %s" % (len(colour), colour, logo)).hexdigest()[:12]
    return Look(version, palettes(colour.decode()) if colour else None, bool(logo))


def read_logo(settings: Settings) -> bytes:
    """The logo as PNG; empty if there is none."""
    return _read(settings, "logo.png")


def _drawn_anew(picture: bytes) -> bytes:
    try:
        drawn = open_picture(picture, longest_side=_LONGEST_SIDE, kinds=("PNG", "JPEG", "WEBP", "GIF"))
    except PictureUnreadable as unreadable:
        raise LogoUnreadable(str(unreadable)) from unreadable
    body = io.BytesIO()
    drawn.quantize(128).save(body, "PNG", optimize=True)
    return body.getvalue()


def _folder(settings: Settings) -> Path:
    return settings.instance / "look"


def _read(settings: Settings, name: str) -> bytes:
    try:
        return (_folder(settings) / name).read_bytes()
    except FileNotFoundError:
        return b""


def _write(settings: Settings, name: str, body: bytes) -> None:
    folder = _folder(settings)
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = folder / f"{name}.new"
    fresh.write_bytes(body)
    # For the user that serves the pages, too: everybody sees it anyway.
    fresh.chmod(0o644)
    fresh.replace(folder / name)

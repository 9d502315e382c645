"""The school's look: a logo, drawn anew so that nothing else is in the file, and one colour that can be read."""

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from feedback.config import Settings
from feedback.palette import Palette, palettes

#: Pixels of the longer side: a phone shows it about a third as large.
_LONGEST_SIDE = 180
#: A picture that would unfold into more pixels than that is no logo (a decompression bomb).
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 10 * 1024 * 1024


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
    # Only here: reading pictures is large, and pages never do it.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    if len(picture) > _MOST_BYTES:
        raise LogoUnreadable("too large")
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise LogoUnreadable("too large")
            # Pixels only: no place, no time, no words of the camera or the drawing program come along.
            drawn = opened.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as unreadable:
        raise LogoUnreadable("no picture") from unreadable
    drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    body = io.BytesIO()
    clean.quantize(128).save(body, "PNG", optimize=True)
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

"""One colour of the school's, checked against the pages it will stand on.

Contrast is WCAG 2.2's (1.4.3 and "relative luminance"): 4.5 to 1 for text, here on the paper of the pages by day, and
more on the dark one. Colours are "#rrggbb".
"""

import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
_WRITTEN = re.compile(r"#[0-9a-f]{6}")
#: As in static/respond.css: paper, card and ink, by day and by night.
_PAPER, _CARD, _INK = "#fbf5ea", "#fffdf8", "#2c2a33"
_DARK_PAPER, _DARK_INK = "#211e1a", "#f6efe3"
_WHITE, _BLACK = "#ffffff", "#101010"
#: How much of the colour is in the ground of a chosen answer.
_TINT, _DARK_TINT = 18, 25
_READ_EASILY = 7.0


class ColourUnreadable(Exception):
    """It is not written as "#rrggbb"."""


class ColourTooPale(Exception):
    """Words in this colour could not be read. `instead` is the nearest shade of it that can."""

    def __init__(self, colour: str, instead: str) -> None:
        super().__init__(colour)
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Palette:
    """What a style sheet needs: the colour, what is written on it, and the ground of a chosen answer."""

    accent: str
    on_accent: str
    chosen: str


def palettes(colour: str) -> tuple[Palette, Palette]:
    """The colours by day and by night; ColourUnreadable or ColourTooPale."""
    colour = colour.strip().lower()
    if not _WRITTEN.fullmatch(colour):
        raise ColourUnreadable(colour)
    if contrast(colour, _PAPER) < TEXT_CONTRAST:
        raise ColourTooPale(colour, _until_readable(colour, _BLACK, _PAPER, TEXT_CONTRAST))
    light = Palette(colour, _WHITE, _mixed(_CARD, colour, _TINT))
    bright = _until_readable(colour, _WHITE, _DARK_PAPER, _READ_EASILY)
    return light, Palette(bright, _BLACK, _mixed(_DARK_PAPER, bright, _DARK_TINT))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _until_readable(colour: str, towards: str, ground: str, least: float) -> str:
    """The colour mixed with black or white, no more than needed."""
    shades = (_mixed(colour, towards, percent) for percent in range(101))
    return next(shade for shade in shades if contrast(shade, ground) >= least)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, other: str, percent: int) -> str:
    """With so much of the other colour in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * percent / 100):02x}" for mine, theirs in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

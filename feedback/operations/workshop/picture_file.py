"""A picture from outside, opened with care: its kind by its bytes, its size before it unfolds, its pixels alone."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: A picture that would unfold into more pixels than that is a decompression bomb.
_MOST_PIXELS = 40_000_000
MOST_BYTES = 10 * 1024 * 1024


class PictureUnreadable(Exception):
    """The file is no picture of a known kind ("no_picture"), or an enormous one ("too_large")."""


def open_picture(body: bytes, *, longest_side: int, kinds: tuple[str, ...]) -> "Image":
    """The picture's pixels (RGBA), upright, with its longer side at most so long. PictureUnreadable.

    `kinds` are names of Pillow's formats; what the file is called or says of itself is not asked.
    """
    # Only here: reading pictures is large, and pages rarely do it.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    if len(body) > MOST_BYTES:
        raise PictureUnreadable("too_large")
    if not _is_whole(body):
        raise PictureUnreadable("no_picture")
    try:
        with Image.open(io.BytesIO(body), formats=kinds) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureUnreadable("too_large")
            # Pixels only: no place, no time, no words of the camera or the drawing program come along.
            drawn = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError as bomb:
        raise PictureUnreadable("too_large") from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as unreadable:
        raise PictureUnreadable("no_picture") from unreadable
    drawn.thumbnail((longest_side, longest_side))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    return clean


def _is_whole(body: bytes) -> bool:
    """Whether the end of the file is there. Pillow may be told elsewhere to paint what is missing grey."""
    if body.startswith(b"\xff\xd8"):
        # A marker of the end behind the last beginning of pixels; small pictures inside a picture have both before.
        return body.rfind(b"\xff\xd9") > body.rfind(b"\xff\xda") >= 0
    if body.startswith(b"\x89PNG"):
        return b"IEND" in body
    if body.startswith(b"RIFF"):
        return int.from_bytes(body[4:8], "little") + 8 <= len(body)
    return True

"""Telephone numbers in running text of any country, told from scores, years, dates and amounts by their shape."""

import re
from collections.abc import Iterator, Sequence

_BETWEEN = r" \t\xa0\u202f().\-/–—‑·•_\ufe0f\u20e3"
# Digits with at most three signs between them, so that "5, 4, 3" and sentences fall apart.
_RUN = re.compile(rf"(?<!\d)\(?\+?\d(?:[{_BETWEEN}]{{0,3}}\d){{6,}}")
_CHUNK = re.compile(r"\(?\+?\d+")
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}([./-])\d{{1,2}}\1{_YEAR}|{_YEAR}([./-])\d{{1,2}}\2\d{{1,2}}|{_YEAR}\s?[-–/]\s?{_YEAR})(?!\d)"
)
_MOST_CHUNKS = 12
#: How numbers without a leading zero or plus are written: how many digits stand together.
_SHAPES = frozenset(
    {
        *((3, 4), (4, 4), (5, 5), (4, 6), (3, 6), (3, 7), (2, 7), (5, 6)),
        *((3, 3, 3), (3, 3, 4), (3, 4, 4), (4, 3, 3), (4, 3, 4), (2, 3, 4), (2, 4, 4), (2, 4, 3)),
        *((2, 2, 2, 2), (3, 2, 2, 2), (3, 3, 2, 2), (2, 3, 2, 2), (1, 3, 3, 4), (1, 3, 3, 2, 2)),
    }
)


def phone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every telephone number in `text`, whose digits have to be ASCII.

    Any solid run of seven digits or more counts, since a pupil's number leads to a person too. Dates, school years,
    round amounts and repeated digits do not.
    """
    without_dates = _DATE.sub(lambda date: "x" * len(date[0]), text)
    for run in _RUN.finditer(without_dates):
        chunks = [(chunk.start(), chunk.end()) for chunk in _CHUNK.finditer(without_dates, run.start(), run.end())]
        yield from _numbers_among(chunks, without_dates)


def _numbers_among(chunks: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(chunks):
        for last in range(min(first + _MOST_CHUNKS, len(chunks)), first, -1):
            if _is_number([text[start:end].lstrip("(") for start, end in chunks[first:last]]):
                yield chunks[first][0], chunks[last - 1][1]
                first = last
                break
        else:
            first += 1


def _is_number(chunks: list[str]) -> bool:
    digits = "".join(chunks)
    size = len(digits.lstrip("+"))
    if digits.startswith(("+", "00")):
        return 7 <= size <= 17
    if len(chunks) == 1:
        return size >= 7 and len(digits.rstrip("0")) > 2 and len(set(digits)) > 1
    if digits.startswith("0"):
        return (9 if len(chunks) == size else 8) <= size <= 12
    # "in 2025 0912 345 678": the year is not the beginning of the number.
    year_first = re.fullmatch(_YEAR, chunks[0]) is not None and chunks[1].startswith("0")
    return not year_first and tuple(map(len, chunks)) in _SHAPES

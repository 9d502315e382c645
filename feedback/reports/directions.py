"""A direction for every text whose language nobody knows.

A browser finds it out for each <bdi>; WeasyPrint lays every text out in the direction of what surrounds it, so that in
Arabic the full stop of an English sentence would stand before it.
"""

import re

from feedback.operations.reports.kinds.kind import reads

_UNDIRECTED = re.compile(r"<bdi>(.*?)</bdi>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def directed(html: str) -> str:
    """The same sheet, with a `dir` on each <bdi> that has no attribute."""
    return _UNDIRECTED.sub(_with_direction, html)


def _with_direction(found: re.Match[str]) -> str:
    return f'<bdi dir="{reads(_TAG.sub("", found[1]), "und")}">{found[1]}</bdi>'

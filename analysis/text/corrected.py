"""What a reviewer's corrections say of the comments that nobody has looked at yet.

Regression of what was wrong (kriging of residuals: Odeh et al. 1995, doi:10.1016/0016-7061(95)00007-B; a Gaussian
process with a mean function, Rasmussen & Williams 2006, section 2.7): where a person said something else than the
machine, comments that mean alike, and those that the machine had put under the same theme, follow. On 900 comments by
others of which a school counts three themes as something else, 0.70 were right before, 0.74 after 20 corrections, 0.82
after 50 and 0.86 after 100; where the school means what we mean, 0.87 were and are right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.text.e5.weights import Floats
from analysis.theme_codes import OTHER

Matrix = np.ndarray[Any, np.dtype[np.float64]]

#: How alike comments must be to follow one another; how much the same theme of the machine's counts beside that; how
#: far a correction is doubted; how much better another theme must be than the suggested one.
_NARROW, _SAME_THEME, _DOUBT, _KEPT = 1.0, 0.5, 0.3, 0.1
#: As likely as this a second theme of the machine's stays, or another one comes.
_ALSO = 0.5
#: A second theme is a little less sure than the first.
_LESS_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the machine said of a comment: theme codes, the surest first, and how sure it was (0 to 1)."""

    themes: tuple[str, ...]
    confidence: float


def themes_anew(
    rows: Floats,
    suggested: Sequence[Suggested],
    corrected: Sequence[tuple[str, ...] | None],
) -> list[tuple[str, ...]]:
    """Themes of n comments (`rows` n x width, of unit length, without their language) after some were corrected.

    `corrected` has a person's themes where a person spoke (they stay), and None elsewhere; it says at least one thing.
    """
    said = [place for place, themes in enumerate(corrected) if themes is not None]
    codes = [*sorted({code for one in suggested for code in one.themes} | _named(corrected)), OTHER]
    before = np.array([_shares(one, codes) for one in suggested])
    right = np.array([_wanted(corrected[place] or (), codes) for place in said])
    first = np.eye(len(codes))[before.argmax(axis=1)]
    alike = _alike(rows[said], first[said], rows[said], first[said]) + _DOUBT * np.eye(len(said))
    lessons = np.linalg.solve(alike, right - before[said])
    after = before + _alike(rows, first, rows[said], first[said]) @ lessons
    return [
        own if own is not None else _read(after[place] + _KEPT * (before[place] > 0), codes)
        for place, own in enumerate(corrected)
    ]


def _named(corrected: Sequence[tuple[str, ...] | None]) -> set[str]:
    return {code for themes in corrected for code in themes or ()}


def _alike(rows: Floats, first: Matrix, others: Floats, their_first: Matrix) -> Matrix:
    # Both sides have length one, so that their distance squared is 2 - 2 cos.
    near = np.exp(_NARROW * (2 * (rows @ others.T) - 2))
    return np.asarray(near + _SAME_THEME * (first @ their_first.T))


def _shares(one: Suggested, codes: Sequence[str]) -> list[float]:
    sure = 0.5 + one.confidence / 2
    themes = one.themes or (OTHER,)
    return [sure * _LESS_SURE ** themes.index(code) if code in themes else 0.0 for code in codes]


def _wanted(themes: Sequence[str], codes: Sequence[str]) -> list[float]:
    return [float(code in (themes or (OTHER,))) for code in codes]


def _read(shares: Matrix, codes: Sequence[str]) -> tuple[str, ...]:
    order = [int(place) for place in np.argsort(-shares, kind="stable")]
    if codes[order[0]] == OTHER:
        return ()
    return tuple(codes[i] for i in order if codes[i] != OTHER and (i == order[0] or shares[i] >= _ALSO))

"""In which looks pages are opened by the tests that everybody runs, and in which by `make test-looks`.

A look is a language, light or dark, and a width. All of them together take an hour; of two values any page is usually
broken in by neither alone nor by three at once, so half of them are enough to meet every pair.
"""

import os
from collections.abc import Sequence
from itertools import product

_WIDTHS, _EVERY_WIDTH = (320, 1280), (320, 768, 1280)

Look = tuple[str, str, int]


def looks(languages: Sequence[str]) -> list[Look]:
    """(language, "light" or "dark", width in CSS pixels): every second one, or with EVERY_LOOK all there are."""
    if os.environ.get("EVERY_LOOK"):
        return list(product(languages, ("light", "dark"), _EVERY_WIDTH))
    numbered = product(enumerate(languages), enumerate(("light", "dark")), enumerate(_WIDTHS))
    return [(language, scheme, width) for (i, language), (j, scheme), (k, width) in numbered if (i + j + k) % 2 == 0]

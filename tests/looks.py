"""In which looks pages are opened by the tests that everybody runs, and in which by `make test-looks`.

A look is a language, light or dark, and a width. All of them together take an hour; two languages in turns meet both
directions, both schemes and both widths.
"""

import os
from collections.abc import Sequence
from itertools import cycle, product

from playwright.sync_api import Page

_EVERY_WIDTH = (320, 768, 1280)
_SCHEMES = ("light", "dark")
#: Scheme and width of the first language, of the second, and so on.
_TURNS = (("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280))
#: So many languages are opened at every change: with English and Arabic both directions are.
_ALWAYS = 2
#: Every question is looked at in these: two directions, and scripts that are wide, high, dense or joined.
READ_IN = ("en", "ar", "zh-Hans", "ur", "am")
#: A window of 1280 by 1024 at 400 %, in CSS pixels (WCAG 1.4.10).
ZOOMED = (320, 256)

Look = tuple[str, str, int]

#: What is outside of the window, does not fit its own box, or is a list whose chosen words end too early.
_CUT = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const say = (what, {tagName, className, textContent}) =>
    found.push(`${what}: ${tagName}.${className} "${textContent.trim().slice(0, 40)}"`);
  if (document.documentElement.scrollWidth > wide) say("two ways to scroll", document.documentElement);
  for (const each of document.body.querySelectorAll(":not(.skip-link, .by-enter, svg *, option)")) {
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    // A table with many columns may scroll by itself (WCAG 1.4.10), where a keyboard can do it, too.
    if (each.closest("[role=group][tabindex='0']")) continue;
    if (!each.checkVisibility({visibilityProperty: true}) || !box.width || !box.height) continue;
    if (box.left < -1 || box.right > wide + 1) say("outside", each);
    if (each.clientWidth && each.scrollWidth > each.clientWidth + 1) say("too wide for its box", each);
    if (/hidden|clip/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1) say("cut below", each);
    if (each.tagName === "SELECT") {
      each.style.maxInlineSize = "none";
      if (each.offsetWidth > box.width + 1) say("cut words", each);
      each.style.maxInlineSize = "";
    }
  }
  return found;
}"""


def is_every() -> bool:
    """Whether all looks there are shall be seen."""
    return bool(os.environ.get("EVERY_LOOK"))


def looks(languages: Sequence[str]) -> list[Look]:
    """(language, "light" or "dark", width in CSS pixels): one for each of the first two, or with EVERY_LOOK all."""
    if is_every():
        return list(product(languages, _SCHEMES, _EVERY_WIDTH))
    turns = zip(languages[:_ALWAYS], cycle(_TURNS), strict=False)
    return [(language, scheme, width) for language, (scheme, width) in turns]


def cut(page: Page) -> list[str]:
    """What cannot be read in the open window because there is no room for it, each in words."""
    found: list[str] = page.evaluate(_CUT)
    return found

"""Somebody with a keyboard only: Tab, Shift+Tab, Enter, the space bar, arrows, and typing. Nothing is ever clicked."""

from playwright.sync_api import Locator, Page

#: Nobody finds what is further away.
_MOST_TABS = 250
_MOST_ARROWS = 40


class Keyboard:
    """The keyboard of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: Locator, *, back: bool = False) -> None:
        """Press Tab (or Shift+Tab) until this has the focus."""
        # Looked up once: a locator would search the page anew at every press.
        found = wanted.element_handle()
        for _ in range(_MOST_TABS):
            if found.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"the Tab key never reaches {wanted}")

    def write(self, name: str, words: str, *, within: str = "main") -> None:
        """Reach the control of this name and write over what is in it."""
        self.reach(self.page.locator(f"{within} [name='{name}']"))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def choose(self, name: str, value: str) -> None:
        """Reach the radio buttons of this name, and choose one with the arrow keys."""
        for _ in range(_MOST_TABS):
            if self.page.evaluate("document.activeElement.name") == name:
                break
            self.page.keyboard.press("Tab")
        if self.page.evaluate("document.activeElement.checked") is False:
            self.page.keyboard.press("Space")
        for _ in range(_MOST_ARROWS):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {value!r}")

    def press(self, wanted: Locator) -> None:
        """Reach a link or a button, press Enter, and wait for the page it leads to."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

"""One real browser with its folder on the disk, two children, and the search for what the first one left in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.conftest import BROWSERS

#: Unique to these tests, so that a byte-wise search of the browser's folder finds it if anything was kept.
NEEDLE = "needle-e41c77d0"
_KEPT = """async () => {
  const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
  return [localStorage.length, sessionStorage.length, (await caches.keys()).length,
          (await indexedDB.databases()).length, workers.length, document.cookie.length];
}"""


@contextmanager
def device(browser: Browser, folder: Path, *, javascript: bool = True) -> Iterator[BrowserContext]:
    """A tablet that everybody uses: what it keeps on its disk is in the folder, and its way back keeps pages."""
    tablet = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=next(filter(None, map(shutil.which, BROWSERS))),
        args=["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-background-networking"],
        ignore_default_args=["--disable-back-forward-cache"],
        java_script_enabled=javascript,
        viewport={"width": 800, "height": 1000},
    )
    tablet.set_default_timeout(30_000)
    try:
        yield tablet
    finally:
        tablet.close()


def write_and_go_on(page: Page, address: str) -> None:
    """A child writes the needle, goes on and comes back once: then it was in what was typed, sent and shown."""
    page.goto(address)
    page.click("button[value=next]")
    page.fill("textarea", NEEDLE)
    for way in ("next", "back"):
        page.click(f"button[value={way}]")
        page.wait_for_selector("button[value=send]" if way == "next" else "textarea")
    assert page.input_value("textarea") == NEEDLE


def on_the_way_back(page: Page, steps: int = 6) -> bool:
    """Whether the needle comes up while somebody presses "back", and reloads what is there."""
    for _ in range(steps):
        for press in (page.go_back, page.reload):
            with suppress(PlaywrightError):  # Chromium refuses to show a sent form again, or has nowhere to go back to
                press(timeout=2500)
            if _shows(page):
                return True
    return False


def kept_by(page: Page) -> list[int]:
    """How many things there are in every kind of storage a page can fill, and how long its cookies are."""
    found: list[int] = page.evaluate(_KEPT)
    return found


def files_with_needle(folder: Path) -> list[str]:
    """The browser's files with the needle in them: cache, history, autofill, session, and whatever else it has."""
    spelled = (NEEDLE.encode(), NEEDLE.encode("utf-16-le"))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in spelled)]


def without_promises(application: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
    """The same pages as a site sends them that has never thought of shared devices."""

    def answer(environ: dict[str, object], start: Callable[..., object]) -> Iterator[bytes]:
        def relaxed(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            kept = [(name, value) for name, value in headers if name not in ("Cache-Control", "Clear-Site-Data")]
            return start(status, [*kept, ("Cache-Control", "private, max-age=600")], *more)

        return application(environ, relaxed)

    return answer


def _shows(page: Page) -> bool:
    with suppress(PlaywrightError):
        typed = [field.input_value() for field in page.locator("textarea, input[type=text]").all()]
        return NEEDLE in page.content() or NEEDLE in page.title() or NEEDLE in typed
    return False

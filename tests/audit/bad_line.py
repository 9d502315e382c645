"""The first view of ten questions on a slow phone and a bad line: what it weighs, and how long it takes.

Chromium slows itself down (CDP): a processor four times as slow, 400 kbit/s, and 400 ms from every request to its
answer. It does not slow down the opening of a connection, which on a real line of that kind takes 400 ms before the
first request, and 400 ms more for TLS 1.3. No page can change that: `CONNECTING` tells it beside what is measured.
"""

from dataclasses import dataclass

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.audit.checkers import browser_path

_KBIT = 1000 / 8
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400 * _KBIT, "uploadThroughput": 400 * _KBIT}
SLOWER = 4
#: Milliseconds that TCP and TLS 1.3 take on such a line before anything can be asked for; not in any figure here.
CONNECTING = 800
_REPEATS = 5
#: When the first question can be answered: it is in the page, it is drawn, and it takes a press.
_NOTED = """
new MutationObserver(() => {
  const first = document.querySelector("input[name^=q-]");
  if (first && !first.disabled && !self.there) self.there = performance.now();
}).observe(document, {childList: true, subtree: true});
"""
_TOLD = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const drawn = performance.getEntriesByName("first-contentful-paint")[0];
  return {there: self.there, drawn: drawn.startTime, all: page.loadEventEnd};
}"""


@dataclass(frozen=True)
class View:
    """Of one view: requests, bytes of their compressed bodies, those with headers; milliseconds from the first request.

    `there` is when the first question is in the page and takes an answer, `drawn` when the page is first seen, with its
    style, and `all` when everything is loaded.
    """

    requests: int
    elsewhere: int
    bodies: int
    sent: int
    there: float
    drawn: float
    all: float

    @property
    def answerable(self) -> float:
        """When the first question is in the page and can be seen."""
        return max(self.there, self.drawn)


def view(address: str) -> View:
    """The median view, by when the first question can be answered, of a few by different people."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"])
        _once(browser, address)
        views = sorted((_once(browser, address) for _ in range(_REPEATS)), key=lambda each: each.answerable)
        browser.close()
    return views[len(views) // 2]


def _once(browser: Browser, address: str) -> View:
    context = browser.new_context(viewport={"width": 390, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    _slow_down(page)
    answers: list[Response] = []
    page.on("response", lambda answered: answers.append(answered))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(address, wait_until="networkidle")
    loaded = [answered for answered in answers if answered.url.startswith("http")]
    sizes = [answered.request.sizes() for answered in loaded]
    times = page.evaluate(_TOLD)
    bodies = sum(size["responseBodySize"] for size in sizes)
    sent = bodies + sum(size["responseHeadersSize"] for size in sizes)
    root = address.split("/en/", maxsplit=1)[0]
    elsewhere = sum(not answered.url.startswith(root) for answered in loaded)
    context.close()
    return View(len(loaded), elsewhere, bodies, sent, **times)


def _slow_down(page: Page) -> None:
    page.add_init_script(_NOTED)
    speaking = page.context.new_cdp_session(page)
    speaking.send("Network.enable")
    speaking.send("Network.emulateNetworkConditions", LINE)
    speaking.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

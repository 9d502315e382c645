"""A school in a temporary folder, its web application, and a real browser to open it with."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import disk_usage
from tempfile import mkdtemp

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from sqlalchemy import Engine, QueuePool
from werkzeug.serving import WSGIRequestHandler, make_server

from feedback.app import create_app
from feedback.config import Settings
from feedback.db import connect
from feedback.migrations import upgrade
from feedback.models import Base
from feedback.operations.school import School, open_school
from tests import compiled, postgres_server
from tests.factories import NOW, a_family_instrument, an_instrument
from tests.looks import cut
from tests.officer import approving, choose_usual
from tests.signed import sign_usual

SECRET = "a secret only for tests 0123456789 abcdefghijklm"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
BROWSERS = ("chromium", "google-chrome")
#: The same pages without a window around them, at two thirds of the work; `make test-looks` opens whole browsers.
_LIGHT = () if os.environ.get("EVERY_LOOK") else ("chromium-headless-shell",)
#: Headless, as root too, and silent: a browser that looks for updates would hide a page that does.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A page that has to come from the server may take its time on a machine that does other things as well.
expect.set_options(timeout=40_000)
_IN_MEMORY, _ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - each run has a folder of its own in it


@dataclass(frozen=True)
class Server:
    """The application on a free port of this machine. `root` is http://127.0.0.1:PORT, without a slash."""

    app: Flask
    root: str


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug names it
        """Nothing about a request is written down, here as in production."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --database=postgresql` lets every `school` live on PostgreSQL."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="where schools live")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Schools live in memory where there is room: a test that commits fifty times would wait for the disk each time.

    Every commit still asks for it; what a disk does to a school is tested on one (tests/reliability).
    """
    compiled.share()
    on_disk = config.option.basetemp is not None or any("reliability" in each for each in config.args)
    if not on_disk and _IN_MEMORY.is_dir() and disk_usage(_IN_MEMORY).free >= _ROOM:
        config.option.basetemp = mkdtemp(prefix="voicebox-tests-", dir=_IN_MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server; its first database has empty tables, and every school's is a copy of that one."""
    with postgres_server.running_server() as running:
        engine = connect(running.url)
        upgrade(engine)
        sign_usual(engine, an_instrument(), a_family_instrument())
        choose_usual(engine)
        engine.dispose()
        yield running


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the school's database is: a file in its folder, or a database of the server's."""
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{tmp_path / 'voicebox.db'}"
        return
    with request.getfixturevalue("postgresql").lent_database() as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a school that has everything in one temporary folder."""
    return Settings(
        secret=SECRET,
        instance=tmp_path,
        keystore=tmp_path / "keystore",
        database_url=database_url,
        school_name="Hill Road School",
    )


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, made once: each test gets a copy, which takes a tenth of the time.

    Empty but for signatures of what schools of tests usually ask: no round opens in words that nobody has signed.
    """
    path = tmp_path_factory.mktemp("empty") / "voicebox.db"
    engine = connect(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    sign_usual(engine, an_instrument(), a_family_instrument())
    choose_usual(engine)
    engine.dispose()
    return path


@pytest.fixture(autouse=True)
def says_yes(request: pytest.FixtureRequest) -> Iterator[None]:
    """The officer has said yes to whatever form is stored, but in tests that use `asks_first`."""
    if "asks_first" in request.fixturenames:
        yield
        return
    with approving():
        yield


@pytest.fixture
def asks_first() -> None:
    """The officer has said yes to no form yet."""


@pytest.fixture
def school(settings: Settings, empty_tables: Path) -> Iterator[School]:
    """A school with empty tables."""
    opened = open_school(settings)
    if settings.database_url.startswith("sqlite"):
        shutil.copyfile(empty_tables, str(opened.engine.url.database))
    else:
        Base.metadata.create_all(opened.engine)
    yield opened
    _close(opened.engine)


def _close(engine: Engine) -> None:
    """For a browser that is gone already, a page may still be made: its connection would be left open."""
    until = time.monotonic() + 5
    while isinstance(engine.pool, QueuePool) and engine.pool.checkedout() and time.monotonic() < until:
        time.sleep(0.02)
    engine.dispose()


@pytest.fixture
def school_in_a_file(settings: Settings, empty_tables: Path) -> Iterator[School]:
    """A school with empty tables that is always on SQLite, for tests that look into its file."""
    path = settings.instance / "voicebox.db"
    opened = open_school(replace(settings, database_url=f"sqlite:///{path}"))
    shutil.copyfile(empty_tables, path)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def one_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, made once: to read its addresses and templates anew would take longer than most tests."""
    folder = tmp_path_factory.mktemp("school")
    made = create_app(Settings(SECRET, folder, folder / "keystore", f"sqlite:///{folder / 'voicebox.db'}"))
    made.testing = True
    made.extensions["school"].engine.dispose()
    return made


@pytest.fixture
def app(school: School, one_app: Flask) -> Iterator[Flask]:
    """The web application of the school; its clock stands at `NOW` until a test sets another one."""
    config, extensions = dict(one_app.config), dict(one_app.extensions)
    one_app.extensions.update(school=school, clock=lambda: NOW)
    yield one_app
    one_app.config.clear()
    one_app.config.update(config)
    one_app.extensions.clear()
    one_app.extensions.update(extensions)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, inside the process."""
    return app.test_client()


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """The web application, served on a free port."""
    serving = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield Server(app, f"http://127.0.0.1:{serving.server_port}")
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, in the form that has no window, where it is installed."""
    yield from _launched(playwright, *_LIGHT, *BROWSERS)


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium as people have it, for what goes on when no page is open."""
    yield from _launched(playwright, *BROWSERS)


def _launched(playwright: Playwright, *names: str) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, "The journeys need a browser: apt-get install chromium"
    launched = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
    yield launched
    launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser window: a phone's size, nothing kept from anybody before."""
    opened = browser.new_context(viewport={"width": 360, "height": 740})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def check_access() -> Callable[[Page], None]:
    """Checks the open page with axe (WCAG 2.2 AA and best practice), and that there is room for all of it."""
    axe = Axe()
    # Of what is fine, the browser then gathers one place a rule and no more, in half the time.
    options = {"runOnly": {"type": "tag", "values": list(_RULES)}, "resultTypes": ["violations"]}

    def check(page: Page) -> None:
        page.wait_for_load_state()
        found = axe.run(page, options=options)
        assert found.violations_count == 0, found.generate_report()
        assert cut(page) == [], page.title()

    return check

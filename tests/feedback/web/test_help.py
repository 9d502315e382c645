"""The guides: open to everybody, true to the product, and the model card's figures as they were measured."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import click
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from playwright.sync_api import Page as Opened

from feedback.commands import voicebox
from feedback.config import Settings
from feedback.help_pages import PAGES, figures, guide
from feedback.i18n import Catalogue, offered
from feedback.resources import resource_dir
from tests.conftest import Server
from tests.pages import Page

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = offered(Catalogue.STAFF)
WRITTEN = sorted(resource_dir("help").glob("*/*.md"))
ADDRESSES = [f"/{language}/help/{page}" for language in LANGUAGES for page in ("", *PAGES)]
EVERY_FILE = pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}/{path.stem}")

_IDS = re.compile(r'\bid="([^"]+)"')
_OURS = re.compile(r"(feedback|forms|analysis|templates|tests|translations|\.setup)/[\w./-]*$")
_SETTING = re.compile(r"VOICEBOX_[A-Z_]+")
_CODE = re.compile(r"^```\n(.*?)^```$|`([^`]+)`", re.MULTILINE | re.DOTALL)


def _settings() -> set[str]:
    return {f"VOICEBOX_{name.upper()}" for name in Settings.__dataclass_fields__}


def _code(text: str) -> Iterator[str]:
    """What is set as code, line by line."""
    for block, inline in _CODE.findall(text):
        yield from (block or inline).splitlines()


def _unknown(line: str) -> str | None:
    """The command or option in this line that `voicebox` has not; None where all is well, or there is no command."""
    called = re.match(r"(?:sudo )?voicebox (.+)", line)
    if called is None:
        return None
    command: click.Command = voicebox
    for word in called[1].split():
        if isinstance(command, click.Group):
            if word.isupper():
                return None  # "voicebox COMMAND --help"
            if word not in command.commands:
                return line
            command = command.commands[word]
        elif word.startswith("--") and word not in chain(*(one.opts for one in command.params), ["--help"]):
            return line
    return None


def test_every_page_has_its_file_in_english_and_no_file_has_no_page() -> None:
    assert {path.stem for path in WRITTEN} == set(PAGES)
    assert {path.stem for path in WRITTEN if path.parent.name == "en"} == set(PAGES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_may_read_every_guide_and_is_given_nothing_to_keep(client: FlaskClient, address: str) -> None:
    client.set_cookie("voicebox", "of somebody who is signed in")
    page = Page(client.get(address))
    assert (page.status, page.lang) == (200, address.split("/")[1])
    assert "Set-Cookie" not in page.response.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_a_guide_leads_somewhere(client: FlaskClient, address: str) -> None:
    for link in Page(client.get(address)).links:
        target, place = urldefrag(urljoin(address, link))
        assert target.startswith("/"), "a guide leads to nobody else's pages"
        found = client.get(target, follow_redirects=True)
        assert found.status_code == 200, link
        assert not place or place in _IDS.findall(found.text), link


def test_the_desk_and_the_sign_in_lead_to_the_guides(client: FlaskClient) -> None:
    assert "/ar/help/" in Page(client.get("/ar/desk/sign-in")).links


@pytest.fixture
def _one_is_translated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """As if there were two guides in English, and one of them in Arabic."""
    written = {"en/translator": "For translators", "en/developer": "For developers", "ar/translator": "للمترجمين"}
    for name, title in written.items():
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {title}\n\nWhat it is for.\n\n## 1\n\n<b>\n", encoding="utf-8")
    monkeypatch.setattr("feedback.help_pages.resource_dir", lambda _name: tmp_path)
    guide.cache_clear()
    yield
    guide.cache_clear()


@pytest.mark.usefixtures("_one_is_translated")
@pytest.mark.parametrize(
    ("address", "title", "is_foreign"),
    [
        ("/ar/help/developer", "For developers", True),
        ("/ar/help/translator", "للمترجمين", False),
        ("/en/help/developer", "For developers", False),
    ],
)
def test_a_guide_that_is_not_translated_is_shown_in_english_and_says_so(
    client: FlaskClient, address: str, title: str, is_foreign: bool
) -> None:
    page = Page(client.get(address))
    assert page.title.strip() == title
    assert ('<div class="guide" lang="en" dir="ltr">' in page.response.text) is is_foreign
    assert ("mark foreign" in page.response.text) is is_foreign


@pytest.mark.usefixtures("_one_is_translated")
def test_a_guide_is_markdown_and_brings_no_html(client: FlaskClient) -> None:
    assert "&lt;b&gt;" in client.get("/en/help/developer").text


@pytest.mark.parametrize("address", ["/en/help/nosuch", "/en/help/figures.json", "/xx/help/", "/en/help/../operator"])
def test_an_unknown_guide_is_the_products_own_page_of_what_is_not_found(client: FlaskClient, address: str) -> None:
    page = Page(client.get(address))
    assert (page.status, "cannot find this page" in page.words) == (404, True)


@EVERY_FILE
def test_every_command_and_setting_in_a_guide_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [line for line in _code(text) if _unknown(line)] == []
    assert set(_SETTING.findall(text)) - _settings() == set()


@pytest.mark.parametrize("line", ["voicebox spy", "sudo voicebox keystore copy", "voicebox prove --names"])
def test_a_command_that_is_not_there_is_noticed(line: str) -> None:
    assert _unknown(line) == line
    assert list(_code(f"Run\n\n```\n{line}\n```\n\nor `{line}`.")) == [line, line]


@EVERY_FILE
def test_every_make_target_in_a_guide_exists(path: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    used = [
        found[1] for line in _code(path.read_text(encoding="utf-8")) if (found := re.match(r"make ([a-z-]+)", line))
    ]
    assert set(used) - set(targets) == set()


@EVERY_FILE
def test_every_file_of_the_product_that_a_guide_names_is_there(path: Path) -> None:
    named = [line for line in _code(path.read_text(encoding="utf-8")) if _OURS.match(line)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_setting_and_every_command_is_in_the_operators_guide() -> None:
    text = (resource_dir("help") / "en" / "operator.md").read_text(encoding="utf-8")
    assert _settings() - set(_SETTING.findall(text)) == set()
    assert [name for name in voicebox.commands if f"voicebox {name}" not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_card_shows_every_figure_that_was_measured(client: FlaskClient, language: str) -> None:
    drawn = client.get(f"/{language}/help/model-card").text
    rows = [re.findall(r"<td>([^<]*)</td>", row) for row in re.findall(r'<th scope="row">.*?</tr>', drawn)]
    expected = [
        [f"{figure:.2f}" for figure in row.values() if figure is not None]
        for result in figures()
        for row in result["by_language"].values()
    ]
    shown = [[cell.replace(",", ".") for cell in row if cell != "–"] for row in rows]
    assert len(expected) >= 15
    assert [row for row in expected if row not in shown] == []
    assert [result["file"] for result in figures() if result["file"] not in drawn] == []
    assert [result["reader"] for result in figures() if result["reader"] not in drawn] == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 320), ("ar", "dark", 320), ("ar", "light", 1280)]
)
def test_everybody_can_use_the_guides(
    server: Server, browser: Browser, check_access: Callable[[Opened], None], language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    for name in ("", "model-card"):
        page.goto(f"{server.root}/{language}/help/{name}")
        check_access(page)
    context.close()

"""The school's colour and logo on respondents' pages: drawn anew, in one style sheet, and never from outside."""

import base64
import hashlib
import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from feedback.operations.school import School
from feedback.operations.workshop.look import LogoUnreadable, forget_look, read_logo, read_look, set_colour, set_logo
from feedback.web import look
from tests.conftest import Server
from tests.factories import a_family_instrument, a_round

#: The colour of a school that has set none.
_OURS = "#0b5d5e"
_NEEDLE = b"needle-7d21 taken at home"


@pytest.fixture(autouse=True)
def _seen_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "_look_at", look._look_at.__wrapped__)


def _a_photograph(width: int = 900, height: int = 300) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (width, height), "#7a1fa2").save(body, "JPEG", comment=_NEEDLE)
    return body.getvalue()


def test_a_logo_is_drawn_anew_small_and_without_what_the_camera_wrote(school: School) -> None:
    assert _NEEDLE in _a_photograph()
    set_logo(school.settings, _a_photograph())
    logo = read_logo(school.settings)
    assert _NEEDLE not in logo
    assert Image.open(io.BytesIO(logo)).size == (180, 60)
    assert len(logo) < 3000


@pytest.mark.parametrize(
    "body",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", _a_photograph()[:300]],
    ids=["empty", "text", "svg", "cut off"],
)
def test_what_is_no_picture_is_refused_and_the_old_logo_stays(school: School, body: bytes) -> None:
    set_logo(school.settings, _a_photograph())
    before = read_logo(school.settings)
    with pytest.raises(LogoUnreadable):
        set_logo(school.settings, body)
    assert read_logo(school.settings) == before


def test_a_picture_that_unfolds_into_gigabytes_is_refused(school: School) -> None:
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    with pytest.raises(LogoUnreadable):
        set_logo(school.settings, bomb.getvalue())


def test_pages_show_the_look_as_soon_as_it_is_set_and_lose_it_when_it_is_forgotten(
    school: School, client: FlaskClient
) -> None:
    address = f"/en/r/{a_round(school, a_family_instrument()).code}/about"
    assert "/static/respond.css" in client.get(address).text
    set_colour(school.settings, "#7a1fa2")
    set_logo(school.settings, _a_photograph())
    page = client.get(address).text
    style, logo = (f"/static/school/{look_at(school)}/{name}" for name in ("respond.css", "logo.png"))
    assert style in page
    assert logo in page
    styles = client.get(style)
    assert "--accent: #7a1fa2" in styles.text
    assert styles.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get(logo).data == read_logo(school.settings)
    # A page from before the next change still gets a style sheet, which is then not kept.
    set_colour(school.settings, "#004d9c")
    assert client.get(style).headers["Cache-Control"] == "no-store"
    forget_look(school.settings)
    assert "/static/respond.css" in client.get(address).text
    assert client.get(logo).status_code == 404


def test_the_first_view_has_the_style_sheet_within_and_allows_this_one_only(
    school: School, client: FlaskClient
) -> None:
    address = f"/en/r/{a_round(school, a_family_instrument()).code}"
    for colour in (_OURS, "#7a1fa2"):
        if colour != _OURS:
            set_colour(school.settings, colour)
        page = client.get(address)
        (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
        assert f"--accent: {colour};" in style
        assert 'rel="stylesheet"' not in page.text
        named = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{named}';" in page.headers["Content-Security-Policy"]
    assert "sha256-" not in client.get(f"{address}/about").headers["Content-Security-Policy"]


def look_at(school: School) -> str:
    """The version of the look as it is now."""
    return read_look(school.settings).version


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_in_the_schools_colour_can_be_read_by_day_and_by_night(
    school: School, server: Server, browser: Browser, check_access: Callable[[Tab], None], scheme: str
) -> None:
    set_colour(school.settings, "#b00020")
    set_logo(school.settings, _a_photograph())
    round_ = a_round(school, a_family_instrument())
    tab = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    refused: list[str] = []
    tab.on("console", lambda said: refused.append(said.text))
    tab.goto(f"{server.root}/en/r/{round_.code}")
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 100
    assert refused == []
    tab.check("input[value=easy]")
    check_access(tab)
    tab.close()

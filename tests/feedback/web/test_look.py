"""The school's colour and logo on respondents' pages: drawn anew, in one style sheet, and never from outside."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from feedback.operations.look import LogoUnreadable, forget_look, read_logo, read_look, set_colour, set_logo
from feedback.operations.school import School
from feedback.web import look
from tests.conftest import Server
from tests.factories import a_family_instrument, a_round

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
    address = f"/en/r/{a_round(school, a_family_instrument()).code}"
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
    tab.goto(f"{server.root}/en/r/{round_.code}")
    tab.check("input[value=easy]")
    check_access(tab)
    tab.close()

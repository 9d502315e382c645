"""Pictures come in small, without what a camera wrote, with words; bombs and disguises do not come in."""

import io
import struct
import zlib

import pytest
from flask import Flask
from PIL import Image

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.pictures import BUDGET, pictures_of, read_picture
from forms.draft import new_draft
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.pages import Page


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever adds pictures."""
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their desk."""
    return Desk(app, lead)


def _photo(kind: str = "JPEG", size: tuple[int, int] = (800, 600)) -> bytes:
    picture, body = Image.effect_mandelbrot(size, (-2, -1, 1, 1), 60).convert("RGB"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "needle-51b2"
    exif[0x0112] = 6
    picture.save(body, kind, exif=exif)
    return body.getvalue()


def _bomb() -> bytes:
    """A PNG of 60,000 by 60,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def _add(desk: Desk, body: bytes, name: str = "a.png", **typed: str) -> Page:
    usual = {"words": "Two children", "licence": "Drawn by us", "csrf_token": desk.open("/").fields["csrf_token"]}
    data = {"picture": (io.BytesIO(body), name), **usual, **typed}
    answer = desk.client.post("/en/desk/forms/pictures", data=data, follow_redirects=True)
    # The test client keeps a large body in a file, and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return Page(answer)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_small_upright_and_forgets_its_camera(
    school: School, app: Flask, desk: Desk, lead: StaffMember, kind: str
) -> None:
    assert _add(desk, _photo(kind)).status == 200
    [kept] = pictures_of(school, lead)
    body = read_picture(school, kept.name)
    assert b"needle" not in body
    assert len(body) == kept.bytes <= BUDGET
    with Image.open(io.BytesIO(body)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("WEBP", (270, 360), {})
    answer = app.test_client().get(f"/static/school/pictures/{kept.name}.webp")
    assert (answer.data, answer.mimetype, "Set-Cookie" in answer.headers) == (body, "image/webp", False)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"MZ\x90\x00" + bytes(5000), "no picture that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no picture that can be read"),
        (_photo()[:3000], "no picture that can be read"),
        (_bomb(), "too large"),
        (bytes(10 * 1024 * 1024 + 1), "too large"),
        (b"", "Choose a picture"),
    ],
    ids=["an executable", "a drawing with a script", "a cut one", "a bomb", "too many bytes", "nothing"],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(
    school: School, desk: Desk, lead: StaffMember, body: bytes, says: str
) -> None:
    page = _add(desk, body, name="innocent.png" if body else "")
    assert page.status == 422
    assert says in page.words
    assert page.fields["words"] == ["Two children"]
    assert pictures_of(school, lead) == []


def test_fifty_megabytes_are_refused_in_words(school: School, desk: Desk, lead: StaffMember) -> None:
    assert _add(desk, bytes(50 * 1024 * 1024)).status == 413
    assert pictures_of(school, lead) == []


@pytest.mark.parametrize(("field", "says"), [("words", "what the picture shows"), ("licence", "who may use it")])
def test_no_picture_without_words_and_without_rights(
    school: School, desk: Desk, lead: StaffMember, field: str, says: str
) -> None:
    page = _add(desk, _photo(), **{field: " "})
    assert page.status == 422
    assert says in page.words
    assert pictures_of(school, lead) == []


def test_a_picture_that_a_form_uses_stays(school: School, desk: Desk, lead: StaffMember) -> None:
    _add(desk, _photo())
    [kept] = pictures_of(school, lead)
    draft = new_draft("ours", "Ours", "en", audience="students")
    options = [{"id": id_, "label": {"en": id_}, "picture": kept.name} for id_ in ("a", "b")]
    draft["sections"][0]["questions"] = [{"type": "picture-choice", "id": "q", "options": options}]
    start_draft(school, lead, draft, now=NOW)
    assert desk.status(f"/forms/pictures/{kept.name}/remove", "POST") == 409
    assert "A form uses it" in desk.open("/forms/pictures").words


def test_a_picture_that_no_form_uses_goes(school: School, app: Flask, desk: Desk, lead: StaffMember) -> None:
    _add(desk, _photo())
    [kept] = pictures_of(school, lead)
    assert desk.status(f"/forms/pictures/{kept.name}/remove", "POST") == 302
    assert app.test_client().get(f"/static/school/pictures/{kept.name}.webp").status_code == 404
    assert Desk(app, a_staff_member(school, "reader", account="reader")).status("/forms/pictures") == 403

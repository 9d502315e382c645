"""A form of another tool at the desk: seen with all that it loses, and kept only with a second press."""

import io
import random
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.db import reading
from feedback.models import Draft
from feedback.operations.school import School
from feedback.operations.workshop.bring_in_pack import LARGEST_PACK
from forms.exchange.core import LARGEST_FILE
from forms.exchange.surveyjs import write
from forms.library import open_library
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.forms.exchange.test_mutations import HOW_MANY, SEEDS, WAYS
from tests.looks import is_every

DATA = Path(__file__).parents[3] / "data/exchange"
PATH = "/forms/bring-in"


class Kept:
    """The drafts that are in the school's database."""

    def __init__(self, school: School) -> None:
        self.school = school

    def names(self) -> list[str]:
        with reading(self.school.engine) as session:
            return list(session.scalars(select(Draft.name).order_by(Draft.name)))


@pytest.fixture
def kept(school: School) -> Kept:
    """The drafts that were kept."""
    return Kept(school)


@pytest.fixture
def desk(app: Flask, school: School) -> Desk:
    """A lead's browser."""
    return Desk(app, a_staff_member(school, "lead"))


def a_file(content: bytes) -> tuple[io.BytesIO, str]:
    """A file as a browser sends it; its name says nothing."""
    return io.BytesIO(content), "file.bin"


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("xlsform_garden_club.csv", "“phone (deviceid)” is about the person or the device."),
        ("surveyjs_library_visit.json", "There is no kind of question here for “more (matrixdynamic)”."),
    ],
)
def test_what_would_be_lost_is_shown_and_nothing_is_kept(desk: Desk, kept: Kept, name: str, lost: str) -> None:
    page = desk.send(PATH, file=a_file((DATA / name).read_bytes()))
    assert page.status == 200
    assert lost in page.words
    assert "Nothing is kept yet." in page.words
    assert kept.names() == []


def test_the_second_press_keeps_what_was_seen_without_the_file(desk: Desk, kept: Kept) -> None:
    page = desk.send(PATH, file=a_file(write(open_library("family-window"))))
    assert "Family Window" in page.words
    done = desk.send(f"{PATH}/keep", sealed=page.fields["sealed"][0])
    assert "The form is a draft now." in done.words
    assert kept.names() == ["family-window-2"]


def test_a_form_that_was_changed_on_its_way_is_not_kept(desk: Desk, kept: Kept) -> None:
    sealed = desk.send(PATH, file=a_file(write(open_library("first-look")))).fields["sealed"][0]
    assert desk.send(f"{PATH}/keep", sealed=f"a{sealed}").status == 409
    assert kept.names() == []


def test_what_one_account_has_seen_no_other_brings_in(app: Flask, school: School, desk: Desk, kept: Kept) -> None:
    sealed = desk.send(PATH, file=a_file(write(open_library("first-look")))).fields["sealed"][0]
    other = Desk(app, a_staff_member(school, "lead", account="another"))
    assert other.send(f"{PATH}/keep", sealed=sealed).status == 409
    assert kept.names() == []


def test_a_file_with_nothing_to_ask_shows_what_it_has_instead(desk: Desk, kept: Kept) -> None:
    page = desk.send(PATH, file=a_file(b"type,name,label\ngeopoint,home,Where do you live?\n"))
    assert page.status == 422
    assert "What was found in the file" in page.words
    assert "“Where do you live? (geopoint)” is about the person" in page.words
    assert kept.names() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90", "in none of the formats"),
        (b'{"elements": [{"type": "text", "name": "q", "title": "<script>"}]}', "something that acts"),
    ],
)
def test_a_file_that_is_refused_says_why_at_the_field(desk: Desk, content: bytes, said: str) -> None:
    page = desk.send(PATH, file=a_file(content))
    assert page.status == 422
    assert said in page.words


@pytest.mark.parametrize("format_", SEEDS)
def test_a_changed_file_never_breaks_the_page_and_keeps_nothing(desk: Desk, kept: Kept, format_: str) -> None:
    for number in range(HOW_MANY // (1 if is_every() else 10)):
        chance = random.Random(number)  # noqa: S311 - the same files every time
        change = WAYS[format_][number % 2]
        content = change(SEEDS[format_][number // 2 % len(SEEDS[format_])], chance)
        assert desk.send(PATH, file=a_file(content)).status in (200, 422)
    assert kept.names() == []


@pytest.mark.parametrize(("size", "status"), [(LARGEST_FILE + 1, 422), (LARGEST_PACK + LARGEST_FILE, 413)])
def test_more_than_a_form_is_refused_and_far_more_is_not_even_received(desk: Desk, size: int, status: int) -> None:
    # Written by hand: werkzeug's own client would leave such a body behind in an open file.
    token = desk.open(PATH).fields["csrf_token"][0].encode()
    parts = ((b'"csrf_token"', token), (b'"file"; filename="form.csv"', b"x" * size))
    body = b"".join(b"--cut\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n" % part for part in parts)
    kind = "multipart/form-data; boundary=cut"
    answer = desk.client.post(f"/en/desk{PATH}", data=body + b"--cut--\r\n", content_type=kind)
    assert answer.status_code == status
    assert ("larger than 2 megabytes" in answer.text) == (status == 422)
    assert ("voicebox unpack FILE --for ACCOUNT”: the form is" in answer.text) == (status == 413)

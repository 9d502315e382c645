"""Names to take out, at the desk: typed or in a file, and never shown again."""

import io

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations.counting.name_words import name_words_of
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import a_family_instrument, a_round, a_staff_member


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody who may give names."""
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their browser."""
    return Desk(app, lead)


def test_a_typed_list_and_a_file_are_one_list_and_no_word_of_it_is_shown(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    round_ = a_round(school, a_family_instrument())
    path = f"/rounds/{round_.id}/name-words"
    assert f"/en/desk{path}" in desk.open(f"/rounds/{round_.id}").links
    file = (io.BytesIO("\ufeffUwase;Zaninka\n".encode()), "names.csv")
    page = desk.send(path, words="Kwizera Ineza\nkwizera", file=file)
    assert (page.status, "4 new words are kept." in page.words) == (200, True)
    assert "4 words are kept." in page.words
    assert not [word for word in ("wizera", "neza", "wase") if word in page.response.text]
    assert name_words_of(school, lead, round_.id) == 4


@pytest.mark.parametrize(
    ("typed", "body", "sentence"),
    [
        ("", b"", "No name is in this."),
        ("123", b"", "No name is in this."),
        ("", b"PK\x03\x04\xff\xfe", "This file is not plain text."),
        ("", b"Kwizera " * 30_000, "This is more than a list of names."),
    ],
)
def test_a_refused_list_says_why_and_changes_nothing(
    school: School, desk: Desk, lead: StaffMember, typed: str, body: bytes, sentence: str
) -> None:
    round_ = a_round(school, a_family_instrument())
    desk.send(f"/rounds/{round_.id}/name-words", words="Ineza")
    page = desk.send(f"/rounds/{round_.id}/name-words", words=typed, file=(io.BytesIO(body), "names.txt"))
    assert (page.status, sentence in page.words) == (422, True)
    assert name_words_of(school, lead, round_.id) == 1


def test_the_list_is_deleted_by_a_button(school: School, desk: Desk, lead: StaffMember) -> None:
    round_ = a_round(school, a_family_instrument())
    desk.send(f"/rounds/{round_.id}/name-words", words="Ineza")
    page = desk.send(f"/rounds/{round_.id}/name-words/forget")
    assert ("The list is deleted." in page.words, "No word is kept yet." in page.words) == (True, True)
    assert name_words_of(school, lead, round_.id) == 0


def test_a_reader_of_comments_gives_no_names(school: School, app: Flask) -> None:
    round_ = a_round(school, a_family_instrument())
    reader = Desk(app, a_staff_member(school, "reader"))
    assert reader.status(f"/rounds/{round_.id}/name-words") == 403
    assert reader.status(f"/rounds/{round_.id}/name-words", "POST") == 403

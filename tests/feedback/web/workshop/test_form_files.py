"""Files of a form's texts at the desk: five downloads, a file that is seen first, and taken with the second press."""

import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from feedback.models import StaffMember
from feedback.operations.school import School
from forms.translation_files import FORMATS, LARGEST, Sheet, Unit, read, write
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.feedback.text_files import (
    INTRODUCTION,
    a_draft,
    a_translator,
    everything_kept,
    filled_in,
    kept,
    recorded,
)
from tests.pages import Page


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody who may change every form."""
    return a_staff_member(school, "lead")


@pytest.fixture
def draft_id(school: School, lead: StaffMember) -> str:
    """A draft in fifteen languages."""
    return a_draft(school, lead)


def _path(draft_id: str, language: str = "fr") -> str:
    return f"/forms/{draft_id}/files/{language}"


def _downloaded(desk: Desk, draft_id: str, format_: str, language: str = "fr") -> TestResponse:
    return desk.client.get(f"/en/desk{_path(draft_id, language)}/texts.{format_}")


def _changed(desk: Desk, draft_id: str, **words: str) -> bytes:
    return filled_in(_downloaded(desk, draft_id, "po").data, **words)


def _in_format(format_: str, po: bytes) -> bytes:
    """What the PO file says as another format: as if a tool had filled in the download of that."""
    found = read(po)
    units = tuple(
        _AsSaved(unit.key, unit.source or "", unit.words, "machine" if unit.said == "unsure" else "draft", unit.mark)
        for unit in found.units
    )
    return write(format_, Sheet(found.form, "en", "fr", units))


class _AsSaved(Unit):
    """A text with other words than those its mark was made of; the mark is where the note would be."""

    @property
    def mark(self) -> str:
        """The mark that it was handed out with."""
        return self.note


def _upload(desk: Desk, draft_id: str, raw: bytes, name: str = "texts.bin", language: str = "fr") -> Page:
    return desk.send(_path(draft_id, language), file=(io.BytesIO(raw), name))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_there_to_take_away(app: Flask, lead: StaffMember, draft_id: str, format_: str) -> None:
    desk = Desk(app, lead)
    page = desk.open(_path(draft_id))
    assert f"/en/desk{_path(draft_id)}/texts.{format_}" in page.links
    assert "Français" in page.words
    answer = _downloaded(desk, draft_id, format_)
    assert (answer.status_code, read(answer.data).form) == (200, "first-look-2")
    wanted = f"attachment; filename=first-look-2-fr.{FORMATS[format_].ending}"
    assert answer.headers["Content-Disposition"] == wanted


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_is_seen_before_it_is_taken(
    school: School, app: Flask, lead: StaffMember, draft_id: str, format_: str
) -> None:
    desk = Desk(app, lead)
    before = everything_kept(school)
    page = _upload(desk, draft_id, _in_format(format_, _changed(desk, draft_id, introduction="Bonjour <b>à</b> tous.")))
    assert (page.status, page.title.strip()[:21]) == (200, "What the file changes")
    for said in ("Nothing is kept yet.", "1 text can be taken.", "0 texts cannot.", "Bonjour <b>à</b> tous."):
        assert said in page.words
    assert everything_kept(school) == before
    after = desk.send(f"{_path(draft_id)}/take", read=page.fields["read"])
    assert (after.status, "1 text was taken from the file." in after.words) == (200, True)
    assert kept(school, INTRODUCTION)[:2] == ("Bonjour <b>à</b> tous.", "draft")
    assert [facts["texts"] for _, facts in recorded(school)] == [1]


def test_what_is_refused_is_listed_with_why_and_the_rest_can_be_taken(
    school: School, app: Flask, lead: StaffMember, draft_id: str
) -> None:
    desk = Desk(app, lead)
    raw = _changed(desk, draft_id, introduction="Depuis le fichier", title="Le titre du fichier")
    first = _upload(desk, draft_id, _changed(desk, draft_id, introduction="Entre-temps"))
    desk.send(f"{_path(draft_id)}/take", read=first.fields["read"])
    page = _upload(desk, draft_id, raw)
    for said in ("1 text can be taken.", "1 text cannot.", "Somebody worked on this text at the desk", "Take only"):
        assert said in page.words
    desk.send(f"{_path(draft_id)}/take", read=page.fields["read"])
    assert kept(school, INTRODUCTION)[0] == "Entre-temps"
    assert kept(school, "title")[0] == "Le titre du fichier"


def test_work_between_the_two_presses_is_shown_and_not_written_over(
    school: School, app: Flask, lead: StaffMember, draft_id: str
) -> None:
    desk = Desk(app, lead)
    mine = _upload(desk, draft_id, _changed(desk, draft_id, introduction="De moi"))
    theirs = _upload(desk, draft_id, _changed(desk, draft_id, introduction="D’une autre"))
    desk.send(f"{_path(draft_id)}/take", read=theirs.fields["read"])
    page = desk.send(f"{_path(draft_id)}/take", read=mine.fields["read"])
    assert (page.status, "so nothing was taken" in page.words) == (409, True)
    assert kept(school, INTRODUCTION)[0] == "D’une autre"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "This is no XLIFF, PO, CSV or XLSX file."),
        (b"MZ\x90\x00\xff\xfe", "The letters of this file cannot be read."),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "has parts that no file of texts needs"),
        (b"<xliff version='7.0'/>", "This version of the format is not known here."),
    ],
)
def test_a_file_that_cannot_be_read_says_so_at_its_field(
    school: School, app: Flask, lead: StaffMember, draft_id: str, raw: bytes, sentence: str
) -> None:
    before = everything_kept(school)
    page = _upload(Desk(app, lead), draft_id, raw)
    assert (page.status, sentence in page.words) == (422, True)
    assert everything_kept(school) == before


def test_a_file_of_more_than_two_megabytes_says_so_at_its_field(app: Flask, lead: StaffMember, draft_id: str) -> None:
    desk = Desk(app, lead)
    # Built by hand: the test client would leave its own copy of so large a file to the garbage collector.
    token = desk.open("/").fields["csrf_token"][0].encode()
    fields = (b'name="csrf_token"\r\n\r\n' + token, b'name="file"; filename="a.po"\r\n\r\n' + b"x" * (LARGEST + 50))
    body = b"".join(b"--x\r\nContent-Disposition: form-data; " + field + b"\r\n" for field in fields) + b"--x--\r\n"
    said: dict[str, Any] = {"content_type": "multipart/form-data; boundary=x", "content_length": len(body)}
    page = Page(desk.client.post(f"/en/desk{_path(draft_id)}", input_stream=io.BytesIO(body), **said))
    assert (page.status, "This file is larger than 2 MB." in page.words) == (422, True)


def test_without_a_file_the_field_says_so(app: Flask, lead: StaffMember, draft_id: str) -> None:
    page = Desk(app, lead).send(_path(draft_id), file="")
    assert (page.status, "Choose a file first." in page.words) == (422, True)


def test_a_file_of_another_language_says_which(app: Flask, lead: StaffMember, draft_id: str) -> None:
    desk = Desk(app, lead)
    page = _upload(desk, draft_id, _downloaded(desk, draft_id, "csv", "es").data)
    assert (page.status, "This file is for another language. In the file: es" in page.words) == (422, True)


def test_fifty_megabytes_are_turned_away_and_other_pages_take_no_more_than_before(
    app: Flask, lead: StaffMember, draft_id: str
) -> None:
    desk = Desk(app, lead)
    for path, size in ((_path(draft_id), 50_000_000), (f"{_path(draft_id)}/take", 5_000_000), ("/pilots/new", 300_000)):
        body = io.BytesIO(b"x" * size)
        said = {"content_type": "multipart/form-data; boundary=x", "content_length": size}
        answer = desk.client.post(f"/en/desk{path}", input_stream=body, **said)
        assert (answer.status_code, body.tell() < 2_200_000) == (413, True)


@pytest.mark.parametrize("changed", ["", "nonsense", "WyJhIl0.c2ln"])
def test_what_was_not_read_here_is_not_taken(
    school: School, app: Flask, lead: StaffMember, draft_id: str, changed: str
) -> None:
    before = everything_kept(school)
    assert Desk(app, lead).send(f"{_path(draft_id)}/take", read=changed).status == 400
    assert everything_kept(school) == before


def test_what_was_read_for_one_account_or_language_is_for_nobody_else(
    school: School, app: Flask, lead: StaffMember, draft_id: str
) -> None:
    desk = Desk(app, lead)
    packed: Any = _upload(desk, draft_id, _changed(desk, draft_id, introduction="Bonjour")).fields["read"]
    assert desk.send(f"{_path(draft_id, 'es')}/take", read=packed).status == 400
    translator = Desk(app, a_translator(school, "fr"))
    assert translator.send(f"{_path(draft_id)}/take", read=packed).status == 400
    assert recorded(school) == []


def test_a_translator_has_files_of_own_languages_and_others_have_none(
    school: School, app: Flask, draft_id: str
) -> None:
    translator = Desk(app, a_translator(school, "fr"))
    assert translator.open(_path(draft_id)).status == 200
    assert _downloaded(translator, draft_id, "xlsx").status_code == 200
    assert _downloaded(translator, draft_id, "xlsx", "es").status_code == 404
    for path in (_path(draft_id, "es"), f"{_path(draft_id, 'es')}/take"):
        assert translator.status(path, "POST") in (400, 404)
    officer = Desk(app, a_staff_member(school, "officer", account="officer"))
    assert {officer.status(_path(draft_id), method) for method in ("GET", "POST")} == {403}

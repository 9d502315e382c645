"""A whole audit pack: every statement leads to a file, every file is signed, and nobody who answered is in it."""

import csv
import json
import subprocess
from collections.abc import Iterator
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from feedback.models import Round
from feedback.operations.audit.documents_asked_for import documents_asked_for
from feedback.operations.audit.pack import ask_for_pack, begin_pack, keep_pack, note_made, pdf_in_pack, take_pack
from feedback.operations.audit.registers import six_facts
from feedback.operations.audit.registers.all import REGISTERS
from feedback.operations.finish import finish_round
from feedback.operations.heads import sign_head
from feedback.operations.school import School
from feedback.privacy.packs import MANIFEST, check_pack
from feedback.reports.audit_pack import make_pack
from tests.desk import Desk
from tests.factories import NOW, a_room, a_round, a_slip, a_staff_member, drop_envelopes
from tests.pages import Page

TODAY = NOW.date()
#: What people would say, and what only they know.
ATTACK = "The brown fox of room seven bit me"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One register has a PDF; the others are rendered where all are looked at."""
    monkeypatch.setattr("feedback.operations.audit.pack_files.REGISTERS", {six_facts.NAME: six_facts.make})


def _an_asked_school(school: School) -> tuple[str, ...]:
    """A round that was counted and one that is open; everything that only those who answer know."""
    counted, open_ = a_round(school), a_round(school, slips=True, group_size=30)
    drop_envelopes(school, counted, *[{"again": "yes", "wish": f"{ATTACK} {number}"} for number in range(12)])
    slip, room = a_slip(school, open_), a_room(school, open_)
    drop_envelopes(school, a_round(school), {"again": "no", "wish": ATTACK})
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, counted.id).state = "closed"
    finish_round(school, counted.id, today=TODAY)
    a_staff_member(school, "officer", account="officer@example.org")
    sign_head(school, today=TODAY)
    return (ATTACK, "brown fox", slip, room, counted.code, open_.code)


def _texts(body: bytes) -> Iterator[tuple[str, str]]:
    """Every file's text, that of PDFs unpacked."""
    with ZipFile(BytesIO(body)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".pdf"):
                yield name, _words(content)
            yield name, content.decode("utf-8", "replace")


def _words(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout.decode()


def test_a_whole_pack_leads_to_its_files_and_has_nobody_in_it(app: Flask, school: School) -> None:
    secrets = _an_asked_school(school)
    made: list[tuple[int, int]] = []
    with app.app_context():
        body = make_pack(school, "en", today=TODAY, progress=lambda *each: made.append(each))
    assert made == [(number, len(REGISTERS)) for number in range(1, len(REGISTERS) + 1)]
    checked = check_pack(BytesIO(body))
    assert checked.wrong == {}
    for name, text in _texts(body):
        assert not [secret for secret in secrets if secret in text or secret.replace("-", "") in text], name
    with ZipFile(BytesIO(body)) as archive:
        names = set(archive.namelist())
        rows = list(csv.reader(StringIO(archive.read("index.csv").decode("utf-8-sig"))))[1:]
        pdfs = {name: "".join(_words(archive.read(name)).split()) for name in names if name.endswith(".pdf")}
        index = archive.read("index.html").decode()
    assert len(rows) > 10
    for sentence, file, where in rows:
        assert file in names, sentence
        if file in pdfs:
            said = sentence.removeprefix("Not written down yet: ")
            assert "".join(where.split()) in pdfs[file], (sentence, file)
            assert "".join(said.split()) in pdfs[file], (sentence, file)
    assert "<script" not in index
    assert all(f'href="{name}"' in index for name in names - {MANIFEST, "SHA256SUMS", "index.html"})


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_pack_speaks_the_language_it_was_asked_for_in(app: Flask, school: School, language: str) -> None:
    with app.app_context():
        body = make_pack(school, language, today=TODAY, progress=lambda *_each: None)
    with ZipFile(BytesIO(body)) as archive:
        page = archive.read("index.html").decode()
        assert json.loads(archive.read(MANIFEST))["facts"]["language"] == language
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


@pytest.mark.usefixtures("quick")
def test_the_pack_that_was_asked_for_is_made_kept_and_taken(app: Flask, school: School) -> None:
    officer = a_staff_member(school, "officer", account="officer@example.org")
    ask_for_pack(school, officer, "en", now=NOW)
    assert documents_asked_for(school) == [("make-audit-pack", "en")]
    begin_pack(school, "en")
    note_made(school, "en", 3, 7)
    desk = Desk(app, officer)
    assert "3 of 7" in desk.open("/registers/").words
    with app.app_context():
        body = make_pack(school, "en", today=TODAY, progress=lambda *_each: None)
    keep_pack(school, "en", body, today=TODAY)
    assert documents_asked_for(school) == []
    assert "The pack of November 23, 2026 is ready." in desk.open("/registers/").words
    answer = desk.client.get("/en/desk/registers/audit-pack.zip")
    assert (answer.data, answer.mimetype) == (body, "application/zip")
    assert take_pack(school, officer, "en", now=NOW) == body
    assert pdf_in_pack(school, officer, "en", "six-facts").startswith(b"%PDF")
    assert desk.client.get("/en/desk/registers/six-facts.pdf").mimetype == "application/pdf"
    assert "PDF of November 23, 2026" in Page(desk.client.get("/en/desk/registers/six-facts")).words
    # While a newer one is made, the older one can still be taken.
    ask_for_pack(school, officer, "en", now=NOW)
    assert take_pack(school, officer, "en", now=NOW) == body

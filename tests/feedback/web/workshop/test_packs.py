"""A pack goes from one school's desk to another's: the same form, the same picture, and nothing that was changed."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageChops, ImageStat
from sqlalchemy import select

from feedback.config import Settings
from feedback.db import reading
from feedback.models import AuditEntry, Draft, Picture
from feedback.operations.school import School
from feedback.operations.workshop import bring_in_pack
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.packs import make_pack, open_pack, own_fingerprint
from feedback.operations.workshop.pictures import add_picture
from forms.draft import as_data, finished
from forms.exchange.pack import Media
from forms.exchange.pack_pictures import shown_pictures, with_names
from forms.library import open_library
from forms.texts import Data
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.two_schools import another_school
from tests.pages import Page

LOOK, KEEP = "/forms/bring-in", "/forms/bring-in/pack"


@pytest.fixture
def other_school(settings: Settings, empty_tables: Path, tmp_path: Path) -> Iterator[School]:
    """Another school, with a database and keys of its own."""
    with another_school(settings, empty_tables, tmp_path) as opened:
        yield opened


@pytest.fixture
def pack(school: School, app: Flask) -> bytes:
    """A form with a picture of the first school's, as its desk gives it away."""
    lead, drawing = a_staff_member(school, "lead", account="lead"), io.BytesIO()
    Image.effect_mandelbrot((300, 200), (-2, -1, 1, 1), 60).convert("RGB").save(drawing, "PNG")
    name = add_picture(school, lead, drawing.getvalue(), words="A map", language="en", licence="Ours", now=NOW)
    form = as_data(open_library("can-everyone-use-it-6-8"))
    first = next(iter(shown_pictures(form)))
    draft = start_draft(school, lead, with_names(form, {first: name}) | {"id": "who-can"}, now=NOW)
    desk = Desk(app, lead)
    assert own_fingerprint(school) in desk.open(f"/forms/{draft}/give-away").words
    return bytes(desk.client.get(f"/en/desk/forms/{draft}/give-away/pack").data)


@pytest.fixture
def desk(app: Flask, other_school: School, pack: bytes) -> Desk:  # noqa: ARG001 - the pack is made before the school is left
    """A teacher's browser at the other school."""
    app.extensions["school"] = other_school
    return Desk(app, a_staff_member(other_school, "teacher"))


def _looked(desk: Desk, body: bytes) -> Page:
    return desk.send(LOOK, file=(io.BytesIO(body), "form.bin"))


def _sent(page: Page, **typed: object) -> dict[str, object]:
    return {name: page.fields[name][0] for name in ("pack", "sealed")} | typed


def _with_another_word(pack: bytes) -> bytes:
    """The pack packed anew by somebody else, with a word of the Spanish form changed."""
    body = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as signed, zipfile.ZipFile(body, "w") as changed:
        for name in signed.namelist():
            member = signed.read(name)
            changed.writestr(name, member.replace(b"a", b"e", 1) if name == "texts/es.json" else member)
    return body.getvalue()


def _drafts(school: School) -> list[Data]:
    """The drafts of a school, with all their complete languages."""
    with reading(school.engine) as session:
        found = []
        for draft in session.scalars(select(Draft)):
            own = json.loads(draft.body)
            languages = complete_languages(session, draft.name, own, draft.source_language)
            found.append(joined(session, draft.name, own, draft.source_language, languages))
        return found


def _pictures(school: School) -> list[Picture]:
    with reading(school.engine) as session:
        found = list(session.scalars(select(Picture)))
        session.expunge_all()
    return found


def test_what_is_in_a_pack_and_who_signed_it_is_shown_before_anything_is_kept(
    school: School, other_school: School, desk: Desk, pack: bytes
) -> None:
    page = _looked(desk, pack)
    assert page.status == 200
    for words in ("A school that is not known here", own_fingerprint(school), "العربية", "1 picture comes along"):
        assert words in page.words
    assert (_drafts(other_school), _pictures(other_school)) == ([], [])


def test_the_other_school_has_the_same_form_in_all_languages_with_the_same_picture(
    school: School, other_school: School, desk: Desk, pack: bytes
) -> None:
    done = desk.send(KEEP, **_sent(_looked(desk, pack), compared="y"))
    assert "The form is a draft now, with its pictures and recordings." in done.words
    (theirs,), (ours,) = _drafts(other_school), _drafts(school)
    (there,), (here,) = _pictures(other_school), _pictures(school)
    same = with_names(theirs, {there.name: here.name})
    assert set(same.pop("languages")) == set(ours.pop("languages"))
    assert same == ours
    assert len(ours["title"]) == 15
    assert (there.width, there.height, there.licence) == (here.width, here.height, ours["licence"])
    assert there.words["es"]
    seen, meant = (Image.open(io.BytesIO(each.body)).convert("L") for each in (there, here))
    assert ImageStat.Stat(ImageChops.difference(seen, meant)).mean[0] < 8
    assert there.name in shown_pictures(theirs)


def test_a_school_that_somebody_compared_is_known_from_then_on(
    school: School, other_school: School, desk: Desk, pack: bytes
) -> None:
    page = _looked(desk, pack)
    refused = desk.send(KEEP, **_sent(page))
    assert refused.status == 422
    assert "Compare the letters with the other school, and tick the box." in refused.words
    assert _drafts(other_school) == []
    assert desk.send(KEEP, **_sent(refused, compared="y")).status == 200
    with reading(other_school.engine) as session:
        known = session.scalars(select(AuditEntry).where(AuditEntry.action == "pack_school_known")).one()
        assert known.object_id == own_fingerprint(school)
    again = _looked(desk, pack)
    assert "A school that is known here" in again.words
    assert "compared" not in again.fields
    assert desk.send(KEEP, **_sent(again)).status == 200


def test_a_pack_that_was_changed_is_refused_with_the_reason(other_school: School, desk: Desk, pack: bytes) -> None:
    page = _looked(desk, _with_another_word(pack))
    assert page.status == 422
    assert "“texts/es.json” was changed after" in page.words.replace('"', "“", 1).replace('"', "”", 1)
    assert "cut off" in _looked(desk, pack[: len(pack) // 2]).words
    assert _drafts(other_school) == []


def test_a_picture_that_cannot_be_read_keeps_all_of_it_out(school: School, other_school: School, app: Flask) -> None:
    form = as_data(open_library("can-everyone-use-it-6-8"))
    named = with_names(form, {next(iter(shown_pictures(form))): "own-1"})
    body = make_pack(school, finished(named), {"own-1.webp": Media(b"RIFF\0\0\0\0WEBP", "image/webp")}, {})
    app.extensions["school"] = other_school
    desk = Desk(app, a_staff_member(other_school, "teacher"))
    page = desk.send(KEEP, **_sent(_looked(desk, body), compared="y"))
    assert page.status == 422
    assert "own-1.webp" in page.words
    assert (_drafts(other_school), _pictures(other_school)) == ([], [])
    assert not open_pack(other_school, body).is_known


def test_what_a_draft_has_no_place_for_is_told(school: School, other_school: School, app: Flask) -> None:
    sound = {"easy/en.mp3": Media(b"ID3" + bytes(9), "audio/mpeg")}
    app.extensions["school"] = other_school
    desk = Desk(app, a_staff_member(other_school, "teacher"))
    page = _looked(desk, make_pack(school, open_library("first-look"), {}, sound))
    assert "easy/en.mp3The form does not have this text, so the recording stays out." in page.words
    assert "0 recordings come along" in page.words


def test_a_large_pack_is_chosen_once_more_and_has_to_be_the_same(
    other_school: School, desk: Desk, pack: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bring_in_pack, "_CARRIED", 1000)
    page = _looked(desk, pack)
    assert page.fields["pack"] == [""]
    assert desk.send(KEEP, **_sent(page, compared="y")).status == 422
    other = make_pack(other_school, open_library("first-look"), {}, {})
    wrong = desk.send(KEEP, **_sent(page, compared="y", file=(io.BytesIO(other), "a.bin")))
    assert "it has to be the one that you looked into" in wrong.words
    assert _drafts(other_school) == []
    assert desk.send(KEEP, **_sent(page, compared="y", file=(io.BytesIO(pack), "a.bin"))).status == 200
    assert len(_drafts(other_school)) == 1

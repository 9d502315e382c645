"""The translator's pages, without JavaScript: what waits, a text and what is around it, conflicts, signing."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.languages import LANGUAGES
from feedback.models import Draft, StaffMember, TextSignature
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, start_draft
from feedback.operations.workshop.translate import Written, translate_text
from forms.draft import as_data
from forms.library import open_library
from forms.texts import Data, words_hash
from tests.asked import statements
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member, in_languages
from tests.pages import Page
from tests.signed import sign_nothing

FORM = "/translate/forms/ours/ur"
SOURCE = words_hash("First Look")


@pytest.fixture
def urdu(school: School) -> StaffMember:
    return a_staff_member(school, "translator", account="urdu", languages=["ur"])


@pytest.fixture
def desk(app: Flask, urdu: StaffMember) -> Desk:
    return Desk(app, urdu)


@pytest.fixture
def draft_id(school: School) -> str:
    sign_nothing(school)
    lead = a_staff_member(school, "lead", account="lead")
    return start_draft(school, lead, as_data(open_library("first-look")) | {"id": "ours"}, now=NOW)


def _retitle(data: Data) -> Data:
    data["title"]["en"] = "First Long Look"
    return data


def _send(desk: Desk, page: Page, path: str, **typed: str) -> Page:
    body = {**{name: values[-1] for name, values in page.fields.items()}, **typed}
    return Page(desk.client.post(f"/en/desk{path}", data=body, follow_redirects=True))


@pytest.mark.usefixtures("draft_id")
def test_a_translator_finds_what_waits_in_own_languages_and_no_other_page_of_the_school(
    school: School, desk: Desk
) -> None:
    round_, pilot = a_round(school), a_pilot(school)
    home = desk.open("/")
    assert LANGUAGES["ur"].endonym in home.words
    assert LANGUAGES["ar"].endonym not in "".join(home.words.split("Help for people")[0])
    assert any(href.endswith(FORM + "/") for href in home.links)
    refused = {
        path: desk.status(path)
        for path in (
            *("/translate/forms/ours/ar/", "/translate/forms/first-look/ar/text/title", "/translate/notice/ar"),
            *("/pilots/", f"/pilots/{pilot.id}", f"/rounds/{round_.id}", f"/rounds/{round_.id}/results"),
            *(f"/rounds/{round_.id}/review", "/translations", "/ask-my-class/", "/tickets/", "/boxes/"),
            *(f"/rounds/{round_.id}/hand-out", f"/rounds/{round_.id}/papers", f"/pilots/{pilot.id}/evidence"),
            f"/forms/{_draft(school).id}/languages",
        )
    }
    assert set(refused.values()) == {403}, refused
    assert desk.status("/translate/forms/nothing/ur/") == 404
    assert desk.status("/translate/forms/ours/ur/text/items/none/text") == 404


@pytest.mark.usefixtures("draft_id")
def test_a_text_stands_beside_its_words_with_what_is_around_it(desk: Desk) -> None:
    listed = desk.open(FORM + "/?state=machine")
    path = next(href for href in listed.links if href.endswith("/options/yes/label")).removeprefix("/en/desk")
    page = desk.open(path)
    for told in ("Is this tool easy for you?", "So we can make it easier.", "question", "An answer to choose"):
        assert told in page.words
    assert 'lang="ur" dir="rtl"' in page.response.text
    assert page.fields["words"] == ["ہاں"]


def test_a_stale_text_shows_what_changed_and_is_saved_and_signed(school: School, desk: Desk, draft_id: str) -> None:
    lead = _lead(school)
    change_draft(school, lead, draft_id, _retitle, revision=1, code="title", now=NOW)
    assert "1 source text has changed" in desk.open("/translate/").words
    page = desk.open(FORM + "/text/title")
    assert "<ins>Long </ins>" in page.response.text
    after = _send(desk, page, FORM + "/text/title", words="پہلا لمبا جائزہ", go="sign")
    assert "Saved and signed." in after.words
    assert "Text 2 of" in after.title
    assert _signed(school) == {words_hash("پہلا لمبا جائزہ")}
    signed = desk.open(FORM + "/text/title")
    body = {"csrf_token": signed.fields["csrf_token"][0], "read": signed.fields["read"]}
    desk.client.post(f"/en/desk{FORM}/withdraw", data=body)
    assert _signed(school) == set()


@pytest.mark.usefixtures("draft_id")
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk: Desk) -> None:
    page = _send(desk, desk.open(FORM + "/text/title"), FORM + "/text/title", words="First Look")
    assert page.status == 422
    assert page.fields["words"] == ["First Look"]
    assert "This is the source itself." in page.words
    page = _send(desk, page, FORM + "/text/title", identical="y")
    assert "Saved." in page.words


@pytest.mark.usefixtures("draft_id")
def test_of_two_at_once_the_second_sees_both_and_decides(school: School, desk: Desk) -> None:
    page = desk.open(FORM + "/text/title")
    other = a_staff_member(school, "translator", account="two", languages=["ur"])
    translate_text(school, other, "ours", "ur", Written("title", "پہلا جائزہ", 1, SOURCE), now=NOW)
    late = _send(desk, page, FORM + "/text/title", words="ابتدائی نظر")
    assert late.status == 409
    assert "Somebody was faster" in late.words
    assert "پہلا جائزہ" in late.words
    assert late.fields["words"] == ["ابتدائی نظر"]
    assert "Saved." in _send(desk, late, FORM + "/text/title").words


@pytest.mark.usefixtures("draft_id")
def test_a_page_that_was_read_is_signed_with_one_press(school: School, desk: Desk) -> None:
    page = desk.open(FORM + "/")
    lines = [line.split('"')[0] for line in page.response.text.split('name="read" value="')[1:]]
    assert len(lines) == 20
    body = {"csrf_token": page.fields["csrf_token"][0], "read": [*lines[:5], "nonsense"]}
    after = Page(desk.client.post(f"/en/desk{FORM}/sign", data=body, follow_redirects=True))
    assert "Signed: 5." in after.words
    assert len(_signed(school)) == len({line.split(" ")[2] for line in lines[:5]})


def test_the_products_notice_is_read_whole_and_signed(school: School, desk: Desk) -> None:
    sign_nothing(school)
    page = desk.open("/translate/notice/ur")
    assert "Your paper goes into a box. The box is shut." in page.words
    assert "%(" not in page.words
    assert "Signed. Thank you." in _send(desk, page, "/translate/notice/ur").words
    assert "Nothing was signed" in _send(desk, page, "/translate/notice/ur", digest="else").words
    assert desk.status("/translate/notice/en") == 403


def test_a_label_takes_its_fixed_words(school: School, desk: Desk) -> None:
    sign_nothing(school)
    listed = desk.open("/translate/forms/my-learning-tool/ur/")
    path = next(href for href in listed.links if "/options/not-at-all/label" in href).removeprefix("/en/desk")
    page = _send(desk, desk.open(path), path, words="ذرا بھی نہیں")
    assert page.status == 422
    assert "This label has fixed words" in page.words
    taken = _send(desk, page, path, take="ready")
    assert taken.fields["words"] == ["بالکل نہیں"]
    assert "Saved." in _send(desk, page, path, reason="Our families say it so.").words


@pytest.mark.usefixtures("draft_id")
def test_two_translations_are_compared_and_settled(school: School, app: Flask, desk: Desk) -> None:
    other = a_staff_member(school, "translator", account="two", languages=["ur"])
    translate_text(school, other, "ours", "ur", Written("title", "پہلا جائزہ", 1, SOURCE), now=NOW)
    page = desk.open(FORM + "/second/title")
    assert "پہلا جائزہ" not in page.response.text
    assert "compared now" in _send(desk, page, FORM + "/second/title", words="پہلی جھلک").words
    compared = desk.open(FORM + "/compare/title")
    assert "پہلا جائزہ" in compared.words
    assert "پہلی جھلک" in compared.words
    assert "Settled." in _send(desk, compared, FORM + "/compare/title", words="پہلی جھلک").words
    assert "No text has two translations now." in desk.open(FORM + "/compare/").words
    assert Desk(app, other).status(FORM + "/compare/title") == 404


def test_a_draft_with_hundreds_of_texts_in_fourteen_languages_opens_at_once(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead", account="lead")
    codes = list(LANGUAGES)[:15]
    form = as_data(in_languages(a_family_instrument(), codes)) | {"id": "long"}
    section = form["sections"][0]
    section["questions"] = [
        {**question, "id": f"{question['id']}-{number}"} for number in range(12) for question in section["questions"]
    ]
    draft_id = start_draft(school, lead, form, now=NOW)
    desk = Desk(app, lead)
    desk.open(f"/forms/{draft_id}/languages")
    with statements() as sent:
        page = desk.open(f"/forms/{draft_id}/languages")
    # However many texts and languages there are.
    assert len(sent) < 30
    # Arabic and Spanish are signed.
    assert page.words.count("Before anybody is asked in it") == 12
    body = {"csrf_token": page.fields["csrf_token"][0], "code": "vi"}
    added = Page(desk.client.post(f"/en/desk/forms/{draft_id}/languages", data=body, follow_redirects=True))
    assert "The language is added." in added.words


def _draft(school: School) -> Draft:
    with Session(school.engine) as session:
        return session.scalars(select(Draft)).one()


def _lead(school: School) -> StaffMember:
    with Session(school.engine, expire_on_commit=False) as session:
        return session.scalars(select(StaffMember).where(StaffMember.is_lead)).one()


def _signed(school: School) -> set[str]:
    with Session(school.engine) as session:
        return set(session.scalars(select(TextSignature.words_hash)))

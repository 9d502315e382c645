"""The reading queue's pages, what forms say of it, and in which languages children may write."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.models import Round
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.counting.hand_out import hand_out
from feedback.operations.rounds.course import open_round
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_round, a_staff_member, an_instrument
from tests.pages import Page, Respondent
from tests.reading import DEPUTY, TODAY, a_form_to_write, a_read_round, reader_of, write

_PROMISE = "reads what you write within one school day, without knowing who wrote it."


@pytest.fixture
def desk(school: School, app: Flask) -> Desk:
    """The reader's browser, before anybody wrote."""
    return Desk(app, reader_of(school))


def _hand_out(school: School, round_: Round, *texts: str) -> None:
    write(school, round_, *texts)
    hand_out(school, today=TODAY)


def test_one_text_at_a_time_and_never_how_many(school: School, desk: Desk) -> None:
    round_ = a_read_round(school)
    _hand_out(school, round_, *[f"idea {letter}" for letter in "abcdefg"])
    seen = set()
    page = desk.open("/reading/")
    while "idea" in page.words:
        assert page.words.count("idea") == 1
        assert not {"7", "6", "seven"} & set(page.words.split())
        seen.add(page.action)
        page = desk.send(page.action.removeprefix("/en/desk"), verdict="fine")
    assert len(seen) == 7
    assert "Nothing is waiting." in page.words


def test_what_is_escalated_is_shown_with_what_to_do_until_it_is_recorded(school: School, desk: Desk) -> None:
    _hand_out(school, a_read_round(school), "he hits me")
    page = desk.send(desk.open("/reading/").action.removeprefix("/en/desk"), verdict="red")
    assert "he hits me" in page.words
    assert "Follow your school’s rules for keeping children safe, now." in page.words
    page = desk.send(page.action.removeprefix("/en/desk"))
    assert "It is gone from here." in page.words
    assert "There is nothing to act on." in desk.open("/reading/act").words


def test_that_nobody_is_in_danger_has_to_be_said_twice(school: School, desk: Desk) -> None:
    _hand_out(school, a_read_round(school), "i wanna die of boredom")
    page = desk.open("/reading/")
    action = page.action.removeprefix("/en/desk")
    page = desk.send(action, **{**page.fields, "verdict": "fine"})
    assert page.status == 422
    assert "If you are sure that nobody is, press again." in page.words
    assert "i wanna die of boredom" in page.words
    assert "Saved." in desk.send(action, **{**page.fields, "verdict": "fine"}).words


def test_a_redaction_without_words_comes_back_with_its_sentence(school: School, desk: Desk) -> None:
    _hand_out(school, a_read_round(school), "Lena did it")
    action = desk.open("/reading/").action.removeprefix("/en/desk")
    page = desk.send(action, verdict="redact", instead=" ")
    assert page.status == 422
    assert "Write what is to stand in its place." in page.words
    assert "Saved." in desk.send(action, verdict="redact", instead="Somebody did it").words


def test_what_was_withdrawn_meanwhile_is_told(school: School, desk: Desk) -> None:
    round_ = a_read_round(school)
    (receipt,) = write(school, round_, "one")
    hand_out(school, today=TODAY)
    action = desk.open("/reading/").action.removeprefix("/en/desk")
    withdraw(school, round_.code, receipt, now=NOW)
    page = desk.send(action, verdict="red")
    assert "This text is not here any more" in page.words
    assert "Nothing is waiting." in page.words


def test_what_is_left_for_later_comes_back(school: School, desk: Desk) -> None:
    _hand_out(school, a_read_round(school), "one")
    (later,) = [link for link in desk.open("/reading/").links if "left=" in link]
    page = desk.open(later.removeprefix("/en/desk"))
    assert "You have left something for later." in page.words
    assert "Something still waits to be read." in desk.send("/reading/signed").words


def test_the_rota_is_signed_when_nothing_waits(school: School, desk: Desk) -> None:
    a_read_round(school)
    assert "Signed: you have looked today." in desk.send("/reading/signed").words


def test_readers_only(school: School, app: Flask) -> None:
    _hand_out(school, a_read_round(school), "one")
    for role in ("lead", "teacher", "officer", "administrator", "interpreter"):
        assert Desk(app, a_staff_member(school, role, account=f"{role}@example.org")).status("/reading/") == 403
    stranger = Desk(app, a_staff_member(school, "reader", account="other@example.org"))
    assert "No round has named you" in stranger.open("/reading/").words


def test_readers_are_named_for_each_language_and_the_round_opens_with_places_to_write(
    school: School, app: Flask
) -> None:
    lead = a_staff_member(school, "lead", account="lead@example.org")
    reader, deputy = reader_of(school), reader_of(school, DEPUTY)
    a_staff_member(school, "reader", "teacher", account="teaches@example.org")
    round_ = a_round(school, a_form_to_write(), state="draft", owner_id=lead.id)
    desk = Desk(app, lead)
    assert "So it opens without places to write." in desk.open(f"/rounds/{round_.id}").words
    page = desk.open(f"/rounds/{round_.id}/readers")
    assert "reader@example.org" in page.words
    assert "teaches@example.org" not in page.words
    page = desk.send(f"/rounds/{round_.id}/readers", reader_en=reader.id, deputy_en=reader.id)
    assert "Reader and deputy have to be two people." in page.words
    page = desk.send(f"/rounds/{round_.id}/readers", reader_en=reader.id, deputy_en=deputy.id, reader_ar=reader.id)
    assert "Children may write in their own words in: English" in " ".join(page.words.split())
    open_round(school, lead, round_.id, now=NOW)
    assert _asks_to_write(school, round_, "en")
    assert not _asks_to_write(school, round_, "ar")
    page = desk.send(f"/rounds/{round_.id}/readers", reader_en="", deputy_en="")
    assert "in each of these languages two people have to read until it is over" in page.words


def _asks_to_write(school: School, round_: Round, language: str, below: str | None = None) -> bool:
    return open_for_answers(school, round_.code, language, below=below, now=NOW).is_read


def test_a_page_in_two_languages_has_a_place_to_write_only_where_both_are_read(school: School) -> None:
    round_ = a_read_round(school, read=("en", "ar"))
    assert _asks_to_write(school, round_, "en", "ar")
    assert not _asks_to_write(school, round_, "en", "es")
    assert not _asks_to_write(school, round_, "es")


def test_without_readers_one_click_opens_a_round_that_asks_nobody_to_write(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_form_to_write(), state="draft", owner_id=lead.id)
    page = Desk(app, lead).send(f"/rounds/{round_.id}/open")
    assert page.status == 200
    assert not _asks_to_write(school, round_, "en")
    with Session(school.engine) as session:
        assert "wish" not in session.get_one(Round, round_.id).instrument.body


def test_every_page_of_a_child_says_who_reads(school: School, client: FlaskClient) -> None:
    round_ = a_read_round(school, read=("en",))
    for page in ("", "/about"):
        assert _PROMISE in Page(client.get(f"/en/r/{round_.code}{page}")).words
        assert _PROMISE not in Page(client.get(f"/es/r/{round_.code}{page}")).words
    others = a_round(school, an_instrument())
    assert _PROMISE not in Page(client.get(f"/en/r/{others.code}")).words


def test_the_youngest_are_told_in_short_words(school: School, client: FlaskClient) -> None:
    round_ = a_read_round(school, instrument=a_form_to_write(ages="6-8"))
    page = Page(client.get(f"/en/r/{round_.code}"))
    assert "A grown-up who is not your teacher reads what you write." in page.words
    assert _PROMISE in page.words


def test_taking_out_says_what_stays(school: School, client: FlaskClient) -> None:
    round_ = a_read_round(school)
    child = Respondent(client, f"/en/r/{round_.code}").press("next").press("next", again="yes").press("skip")
    receipt = child.press("next", wish="more books").press("send").page.receipt
    address = f"/en/r/{round_.code}/receipt"
    for go in ("really", "take-out"):
        page = Page(client.post(address, data={"receipt": receipt, "go": go}))
        assert "they keep the words that worried them" in page.words
        assert "nobody has read it" not in page.words

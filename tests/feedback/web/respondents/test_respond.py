"""Answering without JavaScript: screens, one page, and what the thank-you page says."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.i18n import Catalogue, offered
from feedback.languages import direction_of
from feedback.models import Envelope, Round
from feedback.operations.school import School
from feedback.privacy.box import Box, open_envelope
from feedback.resources import resource_dir
from forms.library import names, open_library
from tests.disk import bytes_of
from tests.factories import a_family_instrument, a_round, an_instrument, in_languages
from tests.pages import Page, Respondent


def the_papers(school: School, round_: Round) -> list[dict[str, object]]:
    """What is in the box, opened on the quiet, as only tests may."""
    with Session(school.engine) as session:
        sealed = session.scalars(select(Envelope.sealed).where(Envelope.round_id == round_.id)).all()
        instrument = session.get_one(Round, round_.id).instrument.sha256
    return [open_envelope(each, school.keystore.box_key(round_.id), Box(round_.id, instrument)) for each in sealed]


def test_a_child_answers_one_question_a_screen_and_is_thanked_with_the_day_of_the_promise(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school, an_instrument(ages="6-8"))
    child = Respondent(client, f"/en/r/{round_.code}")
    assert "Your answers go in a box with all the others." in child.page.words
    child.press("next")
    assert child.page.title == "Let us try one: Can a fish swim?"
    child.page.fields["practice"] = ["maybe"]
    child.press("next")
    assert child.page.title == "Question 1 of 2: Do you want to use it again?"
    child.press("next", again="maybe").press("next", liked=["stars", "games"])
    assert the_papers(school, round_) == []
    child.press("send")
    assert child.page.status == 200
    assert child.page.title == "Thank you"
    assert "By December 14, 2026 we will tell you what we heard." in child.page.words
    assert the_papers(school, round_) == [{"answers": {"again": "maybe", "liked": ["games", "stars"]}, "group": None}]


def test_a_family_answers_everything_on_one_page(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}")
    parent.press("send", ease="easy", again="", liked=["books"], days=" ٣ ", wish=" More books.\r\nPlease! ")
    assert parent.page.title == "Thank you"
    assert the_papers(school, round_)[0]["answers"] == {
        "ease": "easy",
        "liked": ["books"],
        "days": 3,
        "wish": "More books.\nPlease!",
    }


def test_going_back_shows_the_answer_and_skipping_takes_it_away(school: School, client: FlaskClient) -> None:
    round_ = a_round(school)
    child = Respondent(client, f"/en/r/{round_.code}").press("next").press("next", again="yes")
    child.press("back", liked=["books"])
    assert child.page.fields["q-again"] == ["yes"]
    child.press("skip")
    assert child.page.fields["q-liked"] == ["books"]
    child.press("next").press("send")
    assert the_papers(school, round_)[0]["answers"] == {"liked": ["books"]}


def test_pressing_next_with_nothing_chosen_is_the_same_as_skipping(school: School, client: FlaskClient) -> None:
    child = Respondent(client, f"/en/r/{a_round(school).code}").press("next").press("next")
    assert child.page.title.startswith("Question 2 of 2")


def test_whoever_skips_everything_is_told_kindly_that_there_is_nothing_to_send(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school)
    child = Respondent(client, f"/en/r/{round_.code}").press("next").press("skip").press("skip").press("send")
    assert child.page.status == 422
    assert child.page.title == "Error: That was the last question"
    assert "You skipped every question. That is fine." in child.page.words
    child.press("back").press("next", liked=["books"]).press("send")
    assert child.page.title == "Thank you"


def test_a_mistake_is_named_and_everything_typed_stays(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}")
    parent.press("send", ease="hard", liked=["games", "books", "stars"], days="many", wish="x" * 201)
    assert parent.page.status == 422
    assert parent.page.title == "Error: First look"
    assert {"#q-liked-0", "#q-days", "#q-wish"} <= set(parent.page.links)
    assert parent.page.fields["q-days"] == ["many"]
    assert parent.page.fields["q-wish"] == ["x" * 201]
    assert parent.page.fields["q-ease"] == ["hard"]
    assert 'aria-describedby="q-days-unit q-days-error"' in parent.page.response.text
    assert the_papers(school, round_) == []


def test_a_group_link_seals_the_group_inside_the_envelope(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, groups=[{"code": "7KQM", "name": "2A", "size": 12}])
    child = Respondent(client, f"/en/r/{round_.code}/g/7kqm").press("next").press("next", again="no")
    child.press("skip").press("send")
    assert the_papers(school, round_) == [{"answers": {"again": "no"}, "group": "7KQM"}]


def test_the_same_form_sent_twice_is_one_envelope_with_the_same_receipt(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}")
    form = {**parent.page.fields, "q-ease": "easy", "go": "send"}
    first, second = [Page(client.post(parent.page.action, data=form)) for _ in range(2)]
    assert first.receipt == second.receipt
    assert "You sent this form before" not in first.words
    assert "You sent this form before" in second.words
    assert len(the_papers(school, round_)) == 1


@pytest.mark.parametrize("language", offered(Catalogue.RESPONDENT))
def test_every_offered_language_reads_its_own_way(school: School, client: FlaskClient, language: str) -> None:
    round_ = a_round(school, in_languages(an_instrument(), offered(Catalogue.RESPONDENT)))
    child = Respondent(client, f"/{language}/r/{round_.code}")
    languages = {code: f"/{code}/r/{round_.code}" for code in offered(Catalogue.RESPONDENT)}
    assert {address: code for code, address in languages.items()}.items() <= child.page.links.items()
    child.press("next")
    words = an_instrument().question("again").text
    question = words.get(language, words["en"])
    assert (child.page.lang, child.page.dir) == (language, direction_of(language))
    assert question in child.page.words
    assert "lang=" not in child.page.response.text.split("<main")[1].split("</main>")[0]


def test_children_are_told_why_there_is_no_place_to_write_and_families_are_not(
    school: School, client: FlaskClient
) -> None:
    said = "This form has no place to write"
    older = an_instrument(ages="9-11")
    assert said in Respondent(client, f"/en/r/{a_round(school, older).code}").page.words
    assert said not in Respondent(client, f"/en/r/{a_round(school, a_family_instrument()).code}").page.words


def test_a_sample_round_says_so_on_every_page(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, sample=True)
    child = Respondent(client, f"/en/r/{round_.code}")
    for go in ("next", "next", "back", "next", "next", "send"):
        assert "Sample: not a real form" in child.page.words
        child.press(go, again="yes") if "q-again" in child.page.response.text else child.press(go)
    assert "Sample: not a real form" in child.page.words
    assert child.page.title == "Thank you"


def test_nothing_about_a_request_is_kept_anywhere(
    school: School, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}")
    told = {"User-Agent": "needle-agent", "Cookie": "voicebox=needle-cookie", "Referer": "http://localhost/needle-page"}
    for body in ({**parent.page.fields, "q-wish": "needle-wish", "go": "send"}, {"go": "needle-button"}):
        client.post(parent.page.action, data=body, headers=told, environ_base={"REMOTE_ADDR": "127.0.0.77"})
    files = [path.read_bytes() for path in school.settings.instance.rglob("*") if path.is_file()]
    kept = b"".join([bytes_of(school), *files])
    assert len(the_papers(school, round_)) == 1
    assert b"needle" not in kept
    assert b"127.0.0.77" not in kept
    assert caplog.text == ""


def test_every_picture_of_the_library_is_drawn() -> None:
    pictures = {
        option.picture
        for name in names()
        for question in open_library(name).questions
        for option in question.offered()
        if option.picture
    }
    drawn = {path.stem for path in (resource_dir("static") / "pictograms").glob("*.svg")}
    assert pictures
    assert pictures <= drawn


def test_nothing_typed_is_ever_in_an_address(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    parent = Respondent(client, f"/en/r/{round_.code}").press("send", wish="needle")
    assert parent.page.response.status_code == 200
    assert "Location" not in parent.page.response.headers
    assert "needle" not in parent.page.response.text

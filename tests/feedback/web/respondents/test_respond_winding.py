"""A form that asks some questions of some: its screens, its page, and the look back before it is sent."""

import pytest
from flask.testing import FlaskClient

from feedback.operations.school import School
from tests.factories import a_pilot, a_round, an_instrument
from tests.feedback.web.respondents.test_respond import the_papers
from tests.pages import Respondent
from tests.winding import a_winding_form


@pytest.fixture
def parent(school: School, client: FlaskClient) -> Respondent:
    """Somebody at the first question of the winding form, behind its notice."""
    return Respondent(client, f"/en/r/{a_round(school, a_winding_form()).code}").press("next").press("next")


def test_a_notice_stands_between_the_screens_and_counts_as_none(school: School, client: FlaskClient) -> None:
    parent = Respondent(client, f"/en/r/{a_round(school, a_winding_form()).code}").press("next")
    assert parent.page.title == "Good to know"
    assert "This is about mornings only." in parent.page.words
    assert parent.press("next").page.title == "Question 1 of 8 at most: How do you come to school?"


def test_the_words_of_progress_stay_true_whichever_way_it_goes(parent: Respondent) -> None:
    parent.press("next", how="bus")
    assert parent.page.title == "Question 2 of 7 at most: How often is the bus full?"
    parent.press("next", **{"bus-full": "never"})
    assert parent.page.title == "Question 3 of 6: Your way: By bus. How is it? – We feel safe"
    parent.press("back").press("back").press("next", how="foot")
    assert parent.page.title == "Question 2 of 6: Your way: On foot. How is it? – We feel safe"


def test_going_back_and_answering_otherwise_drops_what_is_not_asked_any_more(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school, a_winding_form())
    parent = Respondent(client, f"/en/r/{round_.code}").press("next").press("next")
    parent.press("next", how="bus").press("next", **{"bus-full": "often"}).press("next", wait="walking")
    parent.press("back").press("back").press("back").press("next", how="foot")
    parent.press("skip").press("skip").press("skip").press("next", path="A bridge.").press("next", helped="alone")
    assert "How often is the bus full?" not in parent.page.words
    parent.press("send")
    assert the_papers(school, round_)[0]["answers"] == {"how": "foot", "path": "A bridge.", "helped": "alone"}


def test_own_words_stand_on_the_screen_of_their_question(parent: Respondent) -> None:
    assert "q-how-other" in parent.page.fields
    parent.press("next", **{"how-other": "By boat"}).press("back")
    assert (parent.page.fields["q-how"], parent.page.fields["q-how-other"]) == (["other"], ["By boat"])
    parent.press("next", **{"how-other": "x" * 201})
    assert parent.page.status == 422
    assert "please keep it to 200 characters" in parent.page.words


def test_everything_answered_is_shown_once_before_it_is_sent(parent: Respondent) -> None:
    parent.press("next", how="bus").press("skip")
    for row in ("safe", "calm", "late"):
        parent.press("next", **{f"mornings-{row}": "often"})
    parent.press("next", helped="reading")
    assert parent.page.title == "That was the last question"
    told = " ".join(parent.page.words.split())
    assert "How do you come to school? By bus Change" in told
    assert "How often is the bus full? You skipped this. Change" in told
    assert "Your way: By bus. How is it? – It is calm Often Change" in told
    assert "Do you wait for the next bus?" not in told


def test_one_answer_is_changed_and_the_look_back_is_there_again(parent: Respondent) -> None:
    parent.press("next", how="bus").press("skip")
    for _ in range(4):
        parent.press("skip")
    parent.press("change-3")
    assert parent.page.title.startswith("Question 2 of")
    parent.press("next", **{"bus-full": "never"})
    assert parent.page.title == "That was the last question"
    parent.press("change-3").press("back")
    assert parent.page.title == "That was the last question"


def test_a_change_that_leads_to_new_questions_asks_them(parent: Respondent) -> None:
    parent.press("next", how="bus").press("next", **{"bus-full": "never"})
    for _ in range(4):
        parent.press("skip")
    parent.press("change-3").press("next", **{"bus-full": "often"})
    assert parent.page.title == "Question 3 of 7: Do you wait for the next bus?"


@pytest.mark.parametrize("asked_for", ["change-0", "change-99", "change-", "change-x", "change-4"])
def test_only_what_is_shown_there_can_be_changed(parent: Respondent, asked_for: str) -> None:
    parent.press("next", how="foot")
    for _ in range(5):
        parent.press("skip")
    assert parent.press(asked_for).page.title == "That was the last question"


def test_a_page_says_in_words_whom_a_question_is_for(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_winding_form(layout="page"))
    parent = Respondent(client, f"/en/r/{round_.code}")
    words = " ".join(parent.page.words.split())
    assert "This form has 8 questions at most. You are asked only what fits you." in words
    assert "Only if you answered “By bus” to “How do you come to school?”." in words
    assert "Only if you answered one of these to “How often is the bus full?”: Sometimes / Often." in words
    assert "Only if you answered “On foot” to “How do you come to school?”. On foot What would make" in words
    assert words.count("Your way: as always. How is it?") == 1
    parent.press("send", how="foot", path="A bridge.", wait="waiting", **{"bus-full": "often"})
    assert the_papers(school, round_)[0]["answers"] == {"how": "foot", "path": "A bridge."}


def test_nothing_of_the_practice_question_is_ever_sealed(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, an_instrument(ages="6-8"))
    child = Respondent(client, f"/en/r/{round_.code}").press("next")
    assert "This one is not kept." in child.page.words
    child.page.fields["practice"] = ["maybe"]
    child.press("next").press("next", again="yes").press("skip").press("send")
    assert the_papers(school, round_) == [{"answers": {"again": "yes"}, "group": None}]


def test_older_children_are_not_asked_to_practise(school: School, client: FlaskClient) -> None:
    child = Respondent(client, f"/en/r/{a_round(school, an_instrument()).code}").press("next")
    assert child.page.title.startswith("Question 1 of 2:")


def test_whom_to_tell_stands_on_every_screen_in_the_languages_that_have_it(school: School, client: FlaskClient) -> None:
    said = {"title": "App", "trying": "We try.", "why": "To know.", "promise": "We will act."}
    pilot = a_pilot(
        school, words={"en": {**said, "contacts": "School nurse, room 12\nChild line: 116 111"}, "es": said}
    )
    code = a_round(school, a_winding_form(), pilot=pilot).code
    parent = Respondent(client, f"/en/r/{code}")
    for go in ("next", "next", "skip", "skip"):
        assert "Is something wrong?" in parent.page.words
        assert "Child line: 116 111" in parent.page.words
        parent.press(go)
    spanish = Respondent(client, f"/es/r/{code}")
    assert '<span lang="en" dir="ltr">School nurse' in spanish.page.response.text
    without = Respondent(client, f"/en/r/{a_round(school, an_instrument()).code}")
    assert "contacts" not in without.page.response.text


def test_an_earlier_answer_is_said_in_the_language_of_the_page(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_winding_form())
    parent = Respondent(client, f"/ar/r/{round_.code}").press("next").press("next")
    assert "طريقكم: بالحافلة" in parent.press("next", how="bus").press("skip").page.title

"""What happens to my answers?"""

import pytest
from flask.testing import FlaskClient

from feedback.operations.school import School
from tests.factories import a_family_instrument, a_round
from tests.pages import Respondent


def test_the_page_says_who_asks_how_many_it_takes_how_long_it_is_kept_and_what_cannot_be_promised(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school, a_family_instrument(), k=12, keep_comments_days=60)
    page = Respondent(client, f"/en/r/{round_.code}/about").page
    for said in (
        "Hill Road School asks you. Class 2 reads with an app.",
        "That is only done if at least 12 people put something in.",
        "What people wrote: 60 days after the count.",
        "The few quotes that a person chose for the report stay as long as the counts.",
        "By December 14, 2026 we will tell you what we heard. We will change one thing you ask for.",
        "Somebody could put false papers into the box.",
        "Whoever runs the computer with full rights could watch while answers arrive.",
        "Who reads what I write?",
    ):
        assert said in page.words
    assert f"/en/r/{round_.code}" in page.links


def test_children_are_not_told_about_words_that_they_cannot_write(school: School, client: FlaskClient) -> None:
    page = Respondent(client, f"/en/r/{a_round(school).code}/about").page
    assert "This form has no place to write" in page.words
    assert "What people wrote" not in page.words
    assert "quotes" not in page.words
    assert "Who reads what I write?" not in page.words


def test_a_closed_round_still_says_what_happens_but_no_longer_leads_to_the_form(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school, state="scrubbed")
    page = Respondent(client, f"/en/r/{round_.code}/about").page
    assert page.status == 200
    assert f"/en/r/{round_.code}" not in page.links


def test_the_page_says_that_a_receipt_takes_an_answer_out_until_the_box_is_opened(
    school: School, client: FlaskClient
) -> None:
    round_ = a_round(school)
    page = Respondent(client, f"/en/r/{round_.code}/about").page
    assert "With the receipt you get when you send: yes, until the box is opened." in page.words
    assert f"/en/r/{round_.code}/receipt" in page.links


def test_the_page_says_how_many_slips_there_are_for_how_many_people_or_that_nobody_checks(
    school: School, client: FlaskClient
) -> None:
    with_slips, capped = a_round(school, slips=True, slips_printed=27), a_round(school)
    anybody = a_round(school, group_size=None, k=20)
    words = [
        " ".join(Respondent(client, f"/en/r/{each.code}/about").page.words.split())
        for each in (with_slips, capped, anybody)
    ]
    assert "27 slips were printed. 25 people are asked. Each slip lets one paper in." in words[0]
    unchecked = "Not verified once per person. Whoever has the link can answer more than once."
    assert [unchecked in each for each in words] == [False, True, True]
    assert ["25 people are asked, and hardly more papers fit" in each for each in words] == [False, True, False]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("destroy", "Then the box is destroyed and never opened."),
        ("extend", "Then the box stays open once more for the same time."),
        ("join", "It is opened together with the box of the next time we ask the same."),
    ],
)
def test_the_page_says_what_becomes_of_a_box_that_does_not_fill(
    school: School, client: FlaskClient, end: str, said: str
) -> None:
    assert said in Respondent(client, f"/en/r/{a_round(school, if_too_few=end).code}/about").page.words

"""What happens to my answers?"""

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

"""Review: a person reads, decides, quotes and signs; before that nobody sees a word."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Comment, Round, Theme
from feedback.operations.school import School
from tests.desk import Desk, fill_and_count, find_theme
from tests.factories import a_family_instrument, a_round, a_staff_member
from tests.pages import Page


def test_home_says_that_comments_wait_until_the_review_is_signed(school: School, app: Flask) -> None:
    round_, _theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    assert f"/en/desk/rounds/{round_.id}/review" in desk.open("/").links
    desk.send(f"/rounds/{round_.id}/review/sign")
    assert f"/en/desk/rounds/{round_.id}/review" not in desk.open("/").links


def test_comments_that_were_purged_unread_are_no_longer_due(school: School, app: Flask) -> None:
    round_, _theme = _written(school)
    school.keystore.destroy_data_key(round_.id)
    page = Desk(app, a_staff_member(school, "reader")).open("/")
    assert (page.status, "Comments to read" in page.words) == (200, False)


def test_a_theme_begins_with_words_in_the_readers_language(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    assert "12 comments" in desk.open(f"/rounds/{round_.id}/review").words
    page = desk.open(f"/rounds/{round_.id}/review/themes/{theme}")
    assert (page.title, page.fields["label"], page.fields["decision"]) == ("Food", ["Food"], ["suggested"])
    assert "could a classmate tell who wrote it?" in page.words


def test_what_was_accepted_and_signed_is_released_and_nothing_else(
    school: School, app: Flask, client: FlaskClient
) -> None:
    round_, theme = _written(school)
    desk, lead = Desk(app, a_staff_member(school, "reader")), Desk(app, a_staff_member(school, "lead", account="lead"))
    first = _comments(school, round_)[0]
    typed = {"decision": "accepted", "label": "The lunch", "quotes": [first]}
    desk.send(f"/rounds/{round_.id}/review/themes/{theme}", **typed)
    assert "The lunch" in desk.open(f"/rounds/{round_.id}/review/sign").words
    assert "The comments are read by a person." in lead.open(f"/rounds/{round_.id}/results").words
    assert "The words are released" in desk.send(f"/rounds/{round_.id}/review/sign").words
    for page in (lead.open(f"/rounds/{round_.id}/results"), Page(client.get(f"/en/r/{round_.code}/results"))):
        assert "The lunch" in page.words
        assert page.words.count("Warm soup, please") == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "Say in a few words what these comments are about."),
        ({"decision": "perhaps"}, "Please choose one of these."),
        ({"quotes": 4}, "Tick three comments at most."),
        ({"quotes": ["not-a-comment-of-this-theme"]}, "Please choose from this list."),
    ],
)
def test_a_decision_that_cannot_stand_is_refused_and_what_was_typed_stays(
    school: School, app: Flask, typed: dict[str, object], sentence: str
) -> None:
    round_, theme = _written(school)
    if isinstance(count := typed.get("quotes"), int):
        typed = {"quotes": _comments(school, round_)[:count]}
    sent = {"decision": "accepted", "label": "The lunch", **typed}
    page = Desk(app, a_staff_member(school, "reader")).send(f"/rounds/{round_.id}/review/themes/{theme}", **sent)
    assert page.status == 422
    assert page.words.count(sentence) == 2
    assert page.fields["label"] == [sent["label"]]
    assert _theme_now(school, theme).decision == "suggested"


def test_turning_the_page_saves_and_keeps_chosen_quotes_in_sight(school: School, app: Flask) -> None:
    round_, theme = _written(school, people=25)
    desk, path = Desk(app, a_staff_member(school, "reader")), f"/rounds/{round_.id}/review/themes/{theme}"
    assert "Page 1 of 2" in desk.open(path).words
    chosen = _comments(school, round_)[0]
    page = desk.send(path, decision="suggested", label="Food", quotes=[chosen], turn="2")
    assert "Page 2 of 2" in page.words
    assert page.fields["quotes"] == [chosen]
    assert _theme_now(school, theme).quotes == [chosen]


def test_a_comment_that_belongs_elsewhere_is_moved(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    moved = _comments(school, round_)[0]
    page = desk.send(f"/rounds/{round_.id}/review/comments/{moved}", **{"theme": "other", "from": theme})
    assert "The comment was moved." in page.words
    assert "11 comments" in desk.open(f"/rounds/{round_.id}/review").words
    assert "Warm soup, please" in desk.open(f"/rounds/{round_.id}/review/other/wish").words
    desk.send(f"/rounds/{round_.id}/review/comments/{moved}", theme="food")
    assert desk.status(f"/rounds/{round_.id}/review/other/wish") == 200
    assert "12 comments" in desk.open(f"/rounds/{round_.id}/review").words


def test_nobody_reads_what_only_a_few_people_wrote(school: School, app: Flask) -> None:
    round_ = a_round(school, a_family_instrument())
    silent, writing = {"ease": "easy"}, {"ease": "easy", "wish": "Warm soup, please"}
    fill_and_count(school, round_, *[writing] * 9, *[silent] * 9)
    page = Desk(app, a_staff_member(school, "reader")).open(f"/rounds/{round_.id}/review")
    assert "Too few people wrote something." in page.words
    assert "Warm soup" not in page.words


def test_what_is_undecided_is_named_before_signing(school: School, app: Flask) -> None:
    round_, _theme = _written(school)
    words = Desk(app, a_staff_member(school, "reader")).open(f"/rounds/{round_.id}/review/sign").words
    assert "1 theme is not decided. It will be left out for ever." in words
    assert "No theme is accepted, so no words will be shown." in words


def _written(school: School, *, people: int = 12) -> tuple[Round, str]:
    """A counted round of families, all of whom wrote about food; and that theme's id."""
    round_ = a_round(school, a_family_instrument(), group_size=60)
    fill_and_count(school, round_, *[{"ease": "easy", "wish": "Warm soup, please"}] * people)
    return round_, find_theme(school, round_, "wish")


def _comments(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(Comment.id).where(Comment.round_id == round_.id).order_by(Comment.id)))


def _theme_now(school: School, theme_id: str) -> Theme:
    with Session(school.engine) as session:
        return session.get_one(Theme, theme_id)

"""Review: a person reads, decides, quotes and signs; before that nobody sees a word."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import jobs
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
    assert "12 people" in desk.open(f"/rounds/{round_.id}/review").words
    page = desk.open(f"/rounds/{round_.id}/review/themes/{theme}")
    assert page.title == "Food"
    assert page.fields["label"] == ["Food"]


def test_what_was_accepted_and_signed_is_released_and_nothing_else(
    school: School, app: Flask, client: FlaskClient
) -> None:
    round_, theme = _written(school)
    desk, lead = Desk(app, a_staff_member(school, "reader")), Desk(app, a_staff_member(school, "lead", account="lead"))
    first = _comments(school, round_)[0]
    desk.send(f"/rounds/{round_.id}/review/themes/{theme}", decision="accepted", label="The lunch")
    quote = f"/rounds/{round_.id}/review/themes/{theme}/quotes/{first}"
    assert "Could a classmate tell who wrote it?" in desk.open(quote).words
    desk.send(quote, wording="Warm soup, please", could_tell="no")
    assert "The lunch" in desk.open(f"/rounds/{round_.id}/review/sign").words
    assert "The comments are read by a person." in lead.open(f"/rounds/{round_.id}/results").words
    assert "The words are released" in desk.send(f"/rounds/{round_.id}/review/sign").words
    for page in (lead.open(f"/rounds/{round_.id}/results"), Page(client.get(f"/en/r/{round_.code}/results"))):
        assert "The lunch" in page.words
        assert page.words.count("Warm soup, please") == 1


def test_after_a_few_corrections_a_worker_can_be_asked_to_read_the_others_again(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_, _theme = _written(school)
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda *words: asked.append(words))
    reader = a_staff_member(school, "reader")
    desk, review = Desk(app, reader), f"/rounds/{round_.id}/review"
    for number, comment in enumerate(_comments(school, round_)[:5]):
        assert ("Read the others again" in desk.open(review).words) is False, number
        desk.send(f"{review}/comments/{comment}", themes=[], mood="unclear")
    page = desk.open(review)
    assert "You sorted 5 comments yourself." in page.words
    assert "The others are being read again." in desk.send(f"{review}/again").words
    assert asked == [(school.settings.instance, "read-again", round_.id, reader.id)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "Say in a few words what these comments are about."),
        ({"decision": "perhaps"}, "Please choose one of these."),
    ],
)
def test_a_decision_that_cannot_stand_is_refused_and_what_was_typed_stays(
    school: School, app: Flask, typed: dict[str, str], sentence: str
) -> None:
    round_, theme = _written(school)
    sent = {"decision": "accepted", "label": "The lunch", **typed}
    page = Desk(app, a_staff_member(school, "reader")).send(f"/rounds/{round_.id}/review/themes/{theme}", **sent)
    assert page.status == 422
    assert page.words.count(sentence) == 2
    assert page.fields["label"] == [sent["label"]]
    assert _theme_now(school, theme).decision == "suggested"


def test_many_comments_stand_on_several_pages(school: School, app: Flask) -> None:
    round_, theme = _written(school, people=25)
    desk, path = Desk(app, a_staff_member(school, "reader")), f"/rounds/{round_.id}/review/themes/{theme}"
    assert "Page 1 of 2" in desk.open(path).words
    assert "Page 2 of 2" in desk.open(f"{path}?page=2").words


def test_a_comment_that_belongs_elsewhere_is_sorted_and_the_next_one_comes(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    first = _comments(school, round_)[0]
    path = f"/rounds/{round_.id}/review/comments/{first}"
    assert desk.open(f"{path}?of={theme}").fields["themes"] == ["food"]
    page = desk.send(path, mood="positive", of=theme)
    assert "1 of 11 looked at" not in page.words
    assert "0 of 11 looked at" in page.words
    assert "11 people" in desk.open(f"/rounds/{round_.id}/review").words
    assert "Warm soup, please" in desk.open(f"/rounds/{round_.id}/review/other/wish").words
    desk.send(path, themes=["food"], mood="positive", of="other")
    assert "12 people" in desk.open(f"/rounds/{round_.id}/review").words


def test_the_last_step_is_undone_and_the_comment_it_sorted_is_shown(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    first = _comments(school, round_)[0]
    desk.send(f"/rounds/{round_.id}/review/comments/{first}", mood="positive", of=theme)
    step = desk.open(f"/rounds/{round_.id}/review").fields["step"][0]
    page = desk.send(f"/rounds/{round_.id}/review/undo", step=step, of=theme)
    assert (page.title, page.fields["themes"]) == ("Sort a comment", ["food"])
    page = desk.send(f"/rounds/{round_.id}/review/undo", step=step)
    assert "Nothing was undone" in page.words


def test_ticked_comments_become_a_theme_of_their_own_and_go_back_into_the_old_one(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk = Desk(app, a_staff_member(school, "reader"))
    review = f"/rounds/{round_.id}/review"
    ticked = _comments(school, round_)[:6]
    page = desk.send(f"{review}/other/wish/theme", comments=[], called="Soup", out_of="food")
    assert "Nothing was changed" in page.words
    page = desk.send(f"{review}/other/wish/theme", comments=ticked, called="Soup", out_of="food")
    assert page.title == "Soup"
    assert desk.open(review).words.count("6 people") == 2
    made = next(link.rpartition("/")[2] for link in desk.open(review).links if "/themes/" in link and theme not in link)
    page = desk.send(f"{review}/themes/{made}/merge", into="food")
    assert "12 people wrote about this." in page.words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"could_tell": "yes"}, "Then it is not quoted."),
        ({}, "Please answer this before you quote it."),
        ({"could_tell": "no", "wording": ""}, "A quote needs words."),
    ],
)
def test_no_quote_without_an_answer_to_the_question_who_could_tell(
    school: School, app: Flask, typed: dict[str, str], sentence: str
) -> None:
    round_, theme = _written(school)
    first = _comments(school, round_)[0]
    path = f"/rounds/{round_.id}/review/themes/{theme}/quotes/{first}"
    page = Desk(app, a_staff_member(school, "reader")).send(path, **{"wording": "Soup", **typed})
    assert page.status == 422
    assert sentence in page.words
    assert _theme_now(school, theme).quotes == []


def test_a_long_quote_is_told_to_be_long_and_a_fourth_one_is_refused(school: School, app: Flask) -> None:
    round_, theme = _written(school)
    desk, review = Desk(app, a_staff_member(school, "reader")), f"/rounds/{round_.id}/review/themes/{theme}"
    *three, fourth = _comments(school, round_)[:4]
    for one in three:
        desk.send(f"{review}/quotes/{one}", wording="Soup " * 26, could_tell="no")
    assert "26 words. At most 25 are wanted." in desk.open(f"{review}/quotes/{three[0]}").words
    assert "This theme has 3 quotes already." in desk.open(f"{review}/quotes/{fourth}").words
    desk.send(f"{review}/quotes/{fourth}", wording="Soup", could_tell="no")
    assert _theme_now(school, theme).quotes == sorted(three)
    desk.send(f"{review}/quotes/{three[0]}/drop")
    desk.send(f"{review}/quotes/{fourth}", wording="Soup", could_tell="no")
    assert _theme_now(school, theme).quotes == sorted([*three[1:], fourth])


def test_hostile_words_stay_words_wherever_they_are_read(school: School, app: Flask) -> None:
    hostile = "<script>alert(1)</script> \u202eevil\u200b {{ 7*7 }} '\" onload=x"
    round_ = a_round(school, a_family_instrument(), group_size=60)
    fill_and_count(school, round_, *[{"ease": "easy", "wish": f"{hostile} {n}"} for n in range(12)])
    theme = find_theme(school, round_, "wish")
    desk, review = Desk(app, a_staff_member(school, "lead")), f"/rounds/{round_.id}/review"
    first = _comments(school, round_)[0]
    desk.send(f"{review}/themes/{theme}/quotes/{first}", wording=hostile, could_tell="no")
    desk.send(f"{review}/other/wish/theme", comments=[_comments(school, round_)[1]], called=hostile, out_of="food")
    desk.send(f"{review}/themes/{theme}", decision="accepted", label=hostile)
    for path in (review, f"{review}/themes/{theme}", f"{review}/comments/{first}?of={theme}", f"{review}/sign"):
        page = desk.open(path).response.text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in page


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

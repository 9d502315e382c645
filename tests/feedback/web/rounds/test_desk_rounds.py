"""Rounds at the desk: planned and opened in the browser, and never telling who answered when."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from feedback import jobs
from feedback.operations.answers.shake import shake
from feedback.operations.pilots.pilot import pilot_for, pilots_of
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_round, a_staff_member, drop_envelopes

ASKED: dict[str, Any] = {
    "class_name": "2B",
    "class_size": "24",
    "day": "2026-11-23",
    "languages": ["en"],
    "asked": ["easy", "enjoy", "again", "favourite"],
}
PLANNED: dict[str, Any] = {
    "title": "Families of year 3",
    "languages": ["en"],
    "asked": ["knows", "trust", "better"],
    "group_size": "60",
    "k": "12",
    "if_too_few": "extend",
    "opens_at": "2026-11-24T08:00",
    "closes_at": "2026-12-01T18:00",
    "promise_on": "2026-12-15",
    "groups": "3A, 24\n3B",
    "breakdowns": ["group", "trust"],
    "keep_comments_days": "60",
    "keep_tallies_days": "600",
}


def test_ask_my_class_opens_a_round_with_its_link(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    page = Desk(app, teacher).send("/ask-my-class/first-look", **ASKED)
    round_ = _only_round(school, teacher).round
    assert (page.status, page.title, round_.state) == (200, "2B", "open")
    assert f"http://localhost:8080/en/r/{round_.code}" in page.links
    assert (round_.class_session, round_.group_size, round_.promise_on) == (True, 24, date(2026, 12, 7))


def test_a_teacher_leaves_out_questions_and_changes_words(school: School, app: Flask) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    changed = {"asked": ["easy", "again"], "words_again_en": "Shall we go on?", "words_easy_en": ""}
    Desk(app, teacher).send("/ask-my-class/first-look", **{**ASKED, **changed})
    instrument = _only_round(school, teacher).instrument
    assert [question.id for question in instrument.questions] == ["easy", "again"]
    assert instrument.question("again").text["en"] == "Shall we go on?"
    assert instrument.question("easy").text["en"] == "Is this tool easy for you?"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"class_name": ""}, "Say which class you ask."),
        ({"class_size": ""}, "Say how many are in the class."),
        (
            {"class_size": "9"},
            "At least 10 have to be asked, so that nobody can be picked out. Ask two classes together.",
        ),
        ({"day": "2026-11-22"}, "This day is over. Choose today or a later day."),
        ({"languages": []}, "Choose at least one language."),
        ({"asked": []}, "Keep at least one question."),
    ],
)
def test_ask_my_class_says_what_is_missing_and_keeps_the_rest(
    school: School, app: Flask, wrong: dict[str, Any], sentence: str
) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    page = Desk(app, teacher).send("/ask-my-class/first-look", **{**ASKED, **wrong}, words_again_en="Shall we go on?")
    assert page.status == 422
    assert page.words.count(sentence) == 2
    assert page.fields["words_again_en"] == ["Shall we go on?"]
    assert pilots_of(school, teacher) == []


def test_without_a_standing_pilot_the_page_says_so(school: School, app: Flask) -> None:
    assert "has no standing pilot yet" in Desk(app, a_staff_member(school)).open("/ask-my-class/").words


def test_a_round_is_planned_as_it_was_typed_on_the_schools_clock(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/family-window", **PLANNED)
    round_ = _only_round(school, lead).round
    assert (page.status, round_.state, round_.if_too_few) == (200, "draft", "extend")
    assert (round_.opens_at, round_.closes_at) == (datetime(2026, 11, 24, 8), datetime(2026, 12, 1, 18))
    assert [(group["name"], group["size"]) for group in round_.groups] == [("3A", 24), ("3B", None)]
    assert (round_.k, round_.group_size, round_.breakdowns) == (12, 60, ["group", "trust"])
    assert (round_.keep_comments_days, round_.keep_tallies_days) == (60, 600)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give the round a name, for example “Class 5A” or “Families of year 3”."),
        ({"closes_at": "2026-11-24T08:00"}, "The round has to close after it opens."),
        ({"opens_at": "at once"}, "Please choose a day and a time, such as 2026-11-23 18:00."),
        ({"promise_on": "2026-11-30"}, "Promise a day on which people hear back, not before the round closes."),
        ({"k": "4"}, "Please type a whole number from 5 to 100000."),
        ({"group_size": ""}, "Say how many people you ask, or wait for at least 20 voices."),
        ({"group_size": "11"}, "You cannot wait for more voices than there are people."),
        ({"groups": ""}, "Compare only by questions that are asked, or by groups that you name."),
        ({"asked": ["knows"]}, "Compare only by questions that are asked, or by groups that you name."),
        ({"groups": "3A\n3A"}, "Write one group a line, each name once and at most 40 letters long: “5A, 24”."),
        ({"keep_comments_days": "601"}, "Comments cannot be kept longer than counts."),
        ({"keep_comments_days": "91"}, "The school’s schedule keeps comments and counts for fewer days."),
        ({"if_too_few": ""}, "Choose what happens if too few people answer."),
    ],
)
def test_what_a_plan_is_missing_is_said_and_everything_typed_stays(
    school: School, app: Flask, wrong: dict[str, Any], sentence: str
) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/family-window", **{**PLANNED, **wrong})
    assert page.status == 422
    assert page.words.count(sentence) == 2
    kept = {name: page.fields[name] for name in ("title", "k", "closes_at", "keep_tallies_days")}
    assert kept == {name: [{**PLANNED, **wrong}[name]] for name in kept}
    assert pilot_for(school, lead, pilot.id).rounds == []


def test_opening_a_planned_round_shows_where_people_answer(school: School, app: Flask) -> None:
    round_ = a_round(school, state="draft", languages=["ar"], groups=[{"code": "AB12", "name": "3A", "size": 20}])
    page = Desk(app, a_staff_member(school, "lead")).send(f"/rounds/{round_.id}/open")
    assert "Not yet enough voices" in page.words
    assert {f"http://localhost:8080/ar/r/{round_.code}", f"http://localhost:8080/ar/r/{round_.code}/g/AB12"} <= set(
        page.links
    )


def test_a_round_reads_the_same_before_and_after_any_single_submission(school: School, app: Flask) -> None:
    desk, round_ = Desk(app, a_staff_member(school, "lead")), a_round(school)
    pages = (f"/rounds/{round_.id}", f"/rounds/{round_.id}/results", "/", f"/pilots/{round_.pilot_id}")
    before = [desk.open(path).words for path in pages]
    for _ in range(round_.k):
        drop_envelopes(school, round_, {"again": "yes"})
        assert [desk.open(path).words for path in pages] == before
    shake(school, now=NOW)
    assert "Enough voices" in desk.open(f"/rounds/{round_.id}").words


def test_everyone_has_finished_closes_the_box_and_asks_for_the_count(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda *command: asked.append(command))
    teacher = a_staff_member(school)
    round_ = a_round(school, class_session=True, owner_id=teacher.id)
    page = Desk(app, teacher).send(f"/rounds/{round_.id}/finish")
    assert "The box is being opened" in page.words
    assert page.response.headers["Refresh"] == f"4; url=/en/desk/rounds/{round_.id}/results"
    assert asked == [(school.settings.instance, "finish-round", round_.id)]


def test_a_round_that_is_no_class_session_cannot_be_ended_early(school: School, app: Flask) -> None:
    desk, round_ = Desk(app, a_staff_member(school, "lead")), a_round(school)
    assert "Everyone has finished" not in desk.open(f"/rounds/{round_.id}").words
    assert desk.send(f"/rounds/{round_.id}/finish").status == 409


def test_a_sheet_has_the_address_to_type_in_every_language_of_the_round(school: School, app: Flask) -> None:
    round_ = a_round(school, groups=[{"code": "AB12", "name": "3A", "size": 20}])
    desk = Desk(app, a_staff_member(school, "lead"))
    sheet = desk.open(f"/rounds/{round_.id}/hand-out")
    for language in ("en", "ar", "es"):
        assert f"localhost:8080/{language}/r/{round_.code}" in sheet.words
    assert f"localhost:8080/en/r/{round_.code}/g/AB12" in desk.open(f"/rounds/{round_.id}/hand-out?group=AB12").words
    # The page speaks the desk's language again after the sheets have been said in theirs.
    assert sheet.lang == "en"


def test_a_qr_code_is_a_picture_of_the_link_and_carries_nothing_else(school: School, app: Flask) -> None:
    desk, round_ = Desk(app, a_staff_member(school, "lead")), a_round(school)
    drawn = desk.client.get(f"/en/desk/rounds/{round_.id}/qr/ar.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert drawn.data.startswith(b"<?xml")
    assert b"<script" not in drawn.data
    assert desk.status(f"/rounds/{round_.id}/qr/ar.svg?group=NOPE") == 404


@pytest.mark.parametrize(
    ("facts", "sentence"), [({"sample": True}, "Sample: this is not"), ({"imported": True}, "Imported: these")]
)
def test_sample_and_imported_rounds_say_so_on_every_page(
    school: School, app: Flask, facts: dict[str, Any], sentence: str
) -> None:
    desk, round_ = Desk(app, a_staff_member(school, "lead")), a_round(school, state="closed", **facts)
    for path in ("", "/results?still=yes", "/hand-out"):
        assert sentence in desk.open(f"/rounds/{round_.id}{path}").words


def _only_round(school: School, by: Any) -> RoundStatus:
    (pilot,) = pilots_of(school, by)
    (round_,) = pilot.rounds
    return round_for(school, by, round_.id)

"""Slips at the desk: planned, printed once, asked for and said yes to; a sheet is in one answer and nowhere else."""

import re
from typing import Any

import pytest
from flask import Flask

from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import ask_for_more, print_slips, slips_left
from feedback.operations.pilots.pilot import pilots_of
from feedback.operations.rounds.course import round_for
from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from feedback.privacy.receipts import new_form_key
from feedback.privacy.slips import normal
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.web.rounds.test_desk_rounds import ASKED, PLANNED
from tests.pages import Page

_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}\b")
_GROUPS = [{"code": "AB12", "name": "3A", "size": 10}]


def test_a_lead_plans_a_round_with_slips_and_may_print_when_it_is_open(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    desk = Desk(app, lead)
    page = desk.send(f"/pilots/{pilot.id}/rounds/new/family-window", **PLANNED, slips="y")
    (round_,) = (each for found in pilots_of(school, lead) for each in found.rounds)
    assert round_.slips
    assert "Its slips can be printed as soon as it is open, also before its first moment." in page.words
    assert f"/en/desk/rounds/{round_.id}/slips" not in page.links
    # It opens tomorrow, and its slips are printed today.
    assert f"/en/desk/rounds/{round_.id}/slips" in desk.send(f"/rounds/{round_.id}/open").links
    assert len(_CODE.findall(desk.send(f"/rounds/{round_.id}/slips", slips="5", group="", after="0").words)) == 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"group_size": "", "k": "20"}, "Say how many people you ask, so that no more slips than that are printed."),
        ({"imported": "y", "if_too_few": "destroy"}, "Answers from a file need no slips."),
    ],
)
def test_slips_are_for_a_group_of_known_size_that_answers_here(
    school: School, app: Flask, wrong: dict[str, Any], sentence: str
) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    page = Desk(app, lead).send(f"/pilots/{pilot.id}/rounds/new/family-window", **{**PLANNED, "slips": "y", **wrong})
    assert (page.status, page.words.count(sentence)) == (422, 2)


@pytest.mark.parametrize(("typed", "slips"), [({}, False), ({"slips": "y"}, True)])
def test_a_class_is_asked_with_slips_only_where_its_teacher_ticks_them(
    school: School, app: Flask, typed: dict[str, str], slips: bool
) -> None:
    teacher = a_staff_member(school)
    a_pilot(school, standing=True)
    page = Desk(app, teacher).send("/ask-my-class/first-look", **ASKED, **typed)
    (round_,) = (each for found in pilots_of(school, teacher) for each in found.rounds)
    assert (round_.slips, f"/en/desk/rounds/{round_.id}/slips" in page.links) == (slips, slips)


def test_a_sheet_has_every_language_on_every_slip_and_no_slip_tells_one(school: School, app: Flask) -> None:
    round_, lead = a_round(school, slips=True), a_staff_member(school, "lead")
    answer = Desk(app, lead).send(f"/rounds/{round_.id}/slips", slips="25", group="", after="0")
    assert answer.response.headers["Cache-Control"] == "no-store"
    codes = _CODE.findall(answer.words)
    assert len(set(codes)) == 25
    assert all(normal(code) == code for code in codes)
    slips = answer.response.text.split('<li>\n<div class="square"')[1:]
    said = {re.search(r'<div class="words">.*?</div>', slip, re.DOTALL).group() for slip in slips}  # type: ignore[union-attr]  # every slip has words
    assert len(slips) == 25
    assert len(said) == 1
    (words,) = said
    assert [words.count(f'lang="{language}"') for language in ("en", "ar", "es")] == [1, 1, 1]
    assert answer.words.count(f"localhost:8080/en/r/{round_.code}") == 25
    # The page speaks the desk's language again after the slips have been worded in theirs.
    assert "Print now. This page cannot be opened again." in answer.words


def test_a_sheet_that_is_sent_for_twice_is_made_once(school: School, app: Flask) -> None:
    round_, lead = a_round(school, slips=True), a_staff_member(school, "lead")
    desk = Desk(app, lead)
    first = desk.send(f"/rounds/{round_.id}/slips", slips="5", group="", after="0")
    again = desk.send(f"/rounds/{round_.id}/slips", slips="5", group="", after="0")
    assert (first.status, again.status, again.title) == (200, 409, "These slips were printed before")
    assert slips_left(school, lead, round_.id, now=NOW).printed == 5
    # The codes are on no page that can be opened.
    codes = _CODE.findall(first.words)
    for path in (f"/rounds/{round_.id}/slips", f"/rounds/{round_.id}", f"/rounds/{round_.id}/hand-out"):
        assert not any(code in desk.open(path).response.text for code in codes)


def test_more_than_are_left_are_not_printed_and_the_page_says_how_many(school: School, app: Flask) -> None:
    round_, lead = a_round(school, slips=True, groups=_GROUPS), a_staff_member(school, "lead")
    desk = Desk(app, lead)
    page = desk.send(f"/rounds/{round_.id}/slips", slips="29", group="", after="0")
    assert (page.status, page.words.count("Only 28 slips can still be printed.")) == (422, 2)
    assert page.fields["slips"] == ["29"]
    page = desk.send(f"/rounds/{round_.id}/slips", slips="12", group="AB12", after="0")
    assert (page.status, page.words.count("Only 11 slips can still be printed.")) == (422, 2)
    page = desk.send(f"/rounds/{round_.id}/slips", slips="", group="AB12", after="0")
    assert (page.status, page.words.count("Say how many slips.")) == (422, 2)
    assert slips_left(school, lead, round_.id, now=NOW).printed == 0


def test_the_page_proposes_what_is_left_for_the_first_group(school: School, app: Flask) -> None:
    round_, lead = a_round(school, slips=True, groups=_GROUPS), a_staff_member(school, "lead")
    desk = Desk(app, lead)
    page = desk.open(f"/rounds/{round_.id}/slips")
    assert "0 of 28 slips printed" in page.words
    assert (page.fields["slips"], page.fields["group"], page.fields["after"]) == (["11"], ["AB12"], ["0"])
    sheet = desk.send(f"/rounds/{round_.id}/slips", slips="11", group="AB12", after="0")
    assert "For the group 3A. Do not mix the slips of different groups." in sheet.words
    page = desk.open(f"/rounds/{round_.id}/slips")
    assert (page.fields["slips"], page.fields["group"], page.fields["after"]) == (["17"], [""], ["11"])


def test_more_slips_are_asked_for_by_one_person_and_said_yes_to_by_another(school: School, app: Flask) -> None:
    teacher, lead = a_staff_member(school), a_staff_member(school, "lead", account="lead")
    round_ = a_round(school, slips=True, group_size=10, owner_id=teacher.id)
    print_slips(school, teacher, round_.id, 11, now=NOW)
    path = f"/rounds/{round_.id}/slips"
    page = Desk(app, teacher).send(f"{path}/more", more="3")
    assert "All slips are printed." in page.words
    assert "teacher@example.org asks for 3 more slips." in page.words
    assert "Say yes" not in page.words
    (waiting,) = slips_left(school, lead, round_.id, now=NOW).waiting
    assert "Say yes" in Desk(app, lead).open(path).words
    page = Desk(app, lead).send(f"{path}/more/{waiting.id}")
    assert "You said yes. These slips can be printed now." in page.words
    assert "11 of 14 slips printed" in page.words


def test_nobody_says_yes_to_oneself(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, slips=True)
    request = ask_for_more(school, lead, round_.id, 3, now=NOW)
    page = Desk(app, lead).send(f"/rounds/{round_.id}/slips/more/{request}")
    assert (page.status, page.title) == (403, "A second person is needed")


#: What lead, teacher, reader, interpreter, officer, administrator and translator get for a round that is not theirs.
@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("", "GET", (200, 404, 403, 403, 200, 403, 403)),
        ("", "POST", (422, 404, 403, 403, 422, 403, 403)),
        ("/more", "POST", (422, 404, 403, 403, 422, 403, 403)),
        ("/more/nothing", "POST", (404, 403, 403, 403, 404, 403, 403)),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_print(
    school: School, app: Flask, path: str, method: str, statuses: tuple[int, ...], role: str
) -> None:
    round_ = a_round(school, slips=True)
    desk = Desk(app, a_staff_member(school, role))
    assert (
        desk.status(f"/rounds/{round_.id}/slips{path}", method)
        == statuses[ROLES.index("administrator" if role in ("translator", "auditor") else role)]
    )


def test_a_round_without_slips_has_no_page_for_them(school: School, app: Flask) -> None:
    desk, round_ = Desk(app, a_staff_member(school, "lead")), a_round(school)
    assert desk.status(f"/rounds/{round_.id}/slips") == 409
    assert "Nobody checks it." in desk.open(f"/rounds/{round_.id}").words
    assert not round_for(school, a_staff_member(school, "officer", account="officer"), round_.id).round.slips


def test_the_team_and_the_public_read_whether_each_person_could_answer_only_once(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    with_slips, without = a_round(school, slips=True, group_size=20), a_round(school)
    codes = print_slips(school, lead, with_slips.id, 22, now=NOW)
    asked = open_for_answers(school, with_slips.code, "en", now=NOW)
    for code in codes[:12]:
        accept(school, asked, new_form_key(), {"again": "yes"}, slip=code, now=NOW)
    fill_and_count(school, with_slips)
    fill_and_count(school, without, *[{"again": "yes"}] * 12)
    desk, printed, label = Desk(app, lead), "22 slips were printed for 20 people.", "Not verified once per person."
    for round_, said, unsaid in ((with_slips, printed, label), (without, label, printed)):
        for words in (
            desk.open(f"/rounds/{round_.id}/results").words,
            Page(desk.client.get(f"/en/r/{round_.code}/results")).words,
        ):
            assert said in words
            assert unsaid not in words

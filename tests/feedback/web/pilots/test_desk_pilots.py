"""A pilot is made and changed in the browser; what is missing is said at its place, and nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from feedback.operations.pilots.pilot import pilot_for, pilots_of
from feedback.operations.rounds.course import open_round
from feedback.operations.school import School
from feedback.operations.workshop.published import Askable
from feedback.web.pilots.forms_criterion import library
from tests.desk import Desk
from tests.every_type import every_type
from tests.factories import NOW, a_pilot, a_round, a_staff_member

TYPED: dict[str, Any] = {
    "title_en": "Reading app",
    "trying_en": "Class 2 reads with an app.",
    "why_en": "We want more fun in reading.",
    "promise_en": "We change one thing you ask for.",
    "goal": "engagement",
    "goal_sentence": "Children like to read.",
    "hypothesis_change": "use the app",
    "hypothesis_result": "more children read",
    "hypothesis_date": "June",
    "hypothesis_reason": "it is fun",
    "question": "first-look/again",
    "cells": ["yes"],
    "target": "60",
    "minimum_voices": "10",
    "also_0": "A new teacher",
    "starts_on": "2026-11-23",
    "ends_on": "2027-01-15",
    "owner_role": "Deputy head",
    "exit_plan": "The licences end.",
}


def test_a_pilot_that_is_whole_is_kept_as_it_was_typed(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    page = Desk(app, lead).send("/pilots/new", **TYPED)
    (pilot,) = pilots_of(school, lead)
    assert (page.status, page.title) == (200, "Reading app")
    assert pilot.words == {
        "en": {
            "title": "Reading app",
            "trying": "Class 2 reads with an app.",
            "why": "We want more fun in reading.",
            "promise": "We change one thing you ask for.",
        }
    }
    assert pilot.criterion == {"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10}
    assert pilot.hypothesis["reason"] == "it is fun"
    assert pilot.also_changing == ["A new teacher"]
    assert (pilot.starts_on, pilot.ends_on) == (date(2026, 11, 23), date(2027, 1, 15))


def test_whom_to_tell_may_be_said_in_any_language_and_needs_the_other_words_of_it(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    desk = Desk(app, lead)
    assert desk.send("/pilots/new", **TYPED, contacts_es="Enfermería").status == 422
    desk.send("/pilots/new", **TYPED, contacts_en="School nurse, room 12\r\nChild line: 116 111")
    (pilot,) = pilots_of(school, lead)
    assert pilot.words["en"]["contacts"] == "School nurse, room 12\nChild line: 116 111"
    page = desk.open(f"/pilots/{pilot.id}/change")
    assert page.fields["contacts_en"] == ["School nurse, room 12\nChild line: 116 111"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"why_en": ""}, "Say why the school tries it."),
        ({"title_es": "Una aplicación"}, "Say what the school tries."),
        ({"goal": ""}, "Choose what the pilot is for."),
        ({"goal_sentence": " "}, "Say the goal in one sentence."),
        ({"hypothesis_date": ""}, "Say by when: “by …”."),
        ({"cells": []}, "Tick at least one answer that counts as a yes."),
        ({"cells": ["perhaps"]}, "Please choose from this list."),
        ({"target": "100"}, "Please type a whole number from 1 to 99."),
        ({"target": ""}, "Say how many percent you hope for."),
        ({"minimum_voices": "four"}, "Please type a whole number from 5 to 100000."),
        ({"ends_on": "2026-11-22"}, "The last day cannot be before the first day."),
        ({"ends_on": "soon"}, "Please choose a day, such as 2026-11-23."),
        ({"owner_role": ""}, "Say who looks after the pilot, for example “Deputy head”."),
        ({"exit_plan": ""}, "Say what happens when the pilot ends or is given up."),
        ({"title_en": "x" * 121}, "Please use at most 120 letters here."),
    ],
)
def test_what_is_missing_is_said_and_everything_typed_stays(
    school: School, app: Flask, wrong: dict[str, Any], sentence: str
) -> None:
    lead = a_staff_member(school, "lead")
    page = Desk(app, lead).send("/pilots/new", **{**TYPED, **wrong})
    assert page.status == 422
    assert page.words.count(sentence) == 2  # on top, and at its place
    kept = {name: page.fields[name] for name in ("title_en", "exit_plan", "target", "also_0", "starts_on")}
    assert kept == {name: [{**TYPED, **wrong}[name]] for name in kept}
    assert pilots_of(school, lead) == []


@pytest.mark.parametrize("question", ["first-look/nowhere", ""])
def test_a_question_that_is_not_in_the_library_is_never_taken_for_another_one(
    school: School, app: Flask, question: str
) -> None:
    lead = a_staff_member(school, "lead")
    page = Desk(app, lead).send("/pilots/new", **{**TYPED, "question": question})
    assert (page.status, page.words.count("Choose the question that decides.")) == (422, 2)
    assert page.fields["title_en"] == ["Reading app"]
    assert pilots_of(school, lead) == []


def test_one_complete_language_is_enough_and_it_can_be_any(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    arabic = {name.replace("_en", "_ar"): said for name, said in TYPED.items()}
    Desk(app, lead).send("/pilots/new", **arabic)
    assert [list(pilot.words) for pilot in pilots_of(school, lead)] == [["ar"]]


def test_showing_the_answers_of_another_question_keeps_what_was_typed_and_keeps_nothing_else(
    school: School, app: Flask
) -> None:
    lead = a_staff_member(school, "lead")
    typed = {**TYPED, "cells": [], "question": "family-window/trust", "show_answers": "1"}
    page = Desk(app, lead).send("/pilots/new", **typed)
    assert page.status == 200
    assert page.fields["title_en"] == ["Reading app"]
    assert page.fields["cells"] == ["quite-a-lot", "very-much"]
    assert pilots_of(school, lead) == []


def test_changing_a_pilot_begins_with_what_it_says(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, sample=True)
    desk = Desk(app, lead)
    page = desk.open(f"/pilots/{pilot.id}/change")
    assert page.fields["hypothesis_change"] == ["we use the app"]
    assert page.fields["cells"] == ["yes"]
    desk.send(f"/pilots/{pilot.id}/change", **{**TYPED, "title_en": "Another app"})
    changed = pilot_for(school, lead, pilot.id)
    assert changed.words["en"]["title"] == "Another app"
    assert changed.sample


def test_once_a_round_has_opened_what_was_agreed_is_changed_with_a_reason_only(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    open_round(school, lead, a_round(school, pilot=pilot, state="draft").id, now=NOW)
    desk = Desk(app, lead)
    page = desk.open(f"/pilots/{pilot.id}/change")
    assert "What was agreed stands since November 23, 2026" in page.words
    easier = {**page.fields, "target": "10"}
    refused = desk.send(f"/pilots/{pilot.id}/change", **easier)
    assert (refused.status, refused.fields["target"]) == (422, ["10"])
    assert refused.words.count("Say why you change what was agreed.") == 2
    shown = desk.send(f"/pilots/{pilot.id}/change", **{**easier, "reason": "Half the class was ill."})
    words = " ".join(shown.words.split())
    assert "At least 60% should answer: Yes." in words
    assert "At least 10% should answer: Yes." in words
    assert "Half the class was ill." in words
    assert pilot_for(school, lead, pilot.id).criterion["target"] == 60


def test_more_criteria_are_chosen_one_after_the_other_and_each_has_its_own_question(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    desk = Desk(app, lead)
    second = {"second_0_question": "family-window/trust", "second_0_target": "40", "second_0_minimum_voices": "12"}
    shown = desk.send("/pilots/new", **TYPED, **second, second_0_show_answers="1")
    assert (shown.status, shown.fields["second_0_cells"]) == (200, ["quite-a-lot", "very-much"])
    assert "second_1_question" in shown.fields
    unfinished = desk.send("/pilots/new", **TYPED, **second)
    assert unfinished.words.count("Tick at least one answer that counts as a yes.") == 2
    again = {**second, "second_0_question": "first-look/again", "second_0_cells": ["yes"]}
    assert "Another criterion is about this question." in desk.send("/pilots/new", **TYPED, **again).words
    page = desk.send("/pilots/new", **TYPED, **second, second_0_cells=["very-much"])
    (pilot,) = pilots_of(school, lead)
    expected = {"question": "trust", "cells": ["very-much"], "target": 40, "minimum_voices": 12}
    assert (page.status, pilot.secondary) == (200, [expected])
    assert desk.open(f"/pilots/{pilot.id}/change").fields["second_0_cells"] == ["very-much"]


def test_a_question_that_left_the_library_can_still_decide(school: School, app: Flask) -> None:
    criterion = {"question": "gone", "cells": ["good"], "target": 70, "minimum_voices": 12}
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school, criterion=criterion)
    typed = {**TYPED, "question": "/gone", "cells": ["good"], "target": "70", "minimum_voices": "12"}
    Desk(app, lead).send(f"/pilots/{pilot.id}/change", **typed)
    assert pilot_for(school, lead, pilot.id).criterion == criterion


def test_home_says_what_is_due_and_nothing_else(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, "lead"))
    assert "Nothing is due." in desk.open("/").words
    a_pilot(school)
    assert "Nothing is due until June 30, 2027." in desk.open("/").words
    a_round(school, title="Class 5A")
    words = desk.open("/").words
    assert "Class 5A" in words
    assert "Nothing is due" not in words


def test_a_criterion_about_a_change_is_about_its_direction(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.web.pilots.forms_criterion.offered_forms", lambda: [Askable(every_type("then-now"))])
    lead = a_staff_member(school, "lead")
    offered = Desk(app, lead).open("/pilots/new")
    # What rises is ticked beforehand; none of the sixteen pairs is offered.
    assert offered.fields["cells"] == ["more"]
    assert "Less than before" in offered.words
    assert "›" not in offered.words
    changed = {"question": "every-type/a-then-now", "cells": ["more", "same"]}
    page = Desk(app, lead).send("/pilots/new", **{**TYPED, **changed})
    (pilot,) = pilots_of(school, lead)
    assert pilot.criterion["cells"] == ["more", "same"]
    assert "At least 60% should answer: More than before, The same as before." in " ".join(page.words.split())


def test_what_the_library_suggests_is_taken_over_by_one_button_and_nothing_is_kept_yet(
    school: School, app: Flask
) -> None:
    lead = a_staff_member(school, "lead")
    desk = Desk(app, lead)
    typed = {**TYPED, "question": "lesson-exit-ticket/tool-today", "cells": ["harder"], "target": "9"}
    shown = desk.send("/pilots/new", **typed, show_answers="1")
    assert "For this question our suggestion is 50 percent, from 10 voices on." in " ".join(shown.words.split())
    assert (shown.fields["cells"], shown.fields["target"]) == (["harder"], ["9"])
    taken = desk.send("/pilots/new", **typed, take_suggested="1")
    assert (taken.status, taken.fields["cells"]) == (200, ["helped"])
    assert (taken.fields["target"], taken.fields["minimum_voices"]) == (["50"], ["10"])
    assert taken.fields["title_en"] == ["Reading app"]
    assert pilots_of(school, lead) == []
    further = {"second_0_question": "family-window/trust", "second_0_take_suggested": "1"}
    assert desk.send("/pilots/new", **TYPED, **further).fields["second_0_target"] == ["60"]


def test_a_question_that_several_forms_ask_is_offered_once_and_under_the_first(school: School, app: Flask) -> None:
    with app.test_request_context():
        places = [place for _, asked in library() for place, _ in asked]
    assert len({place.partition("/")[2] for place in places}) == len(places)
    assert "my-learning-tool/helps-learn" in places
    page = Desk(app, a_staff_member(school, "lead")).open("/pilots/new")
    # Once in the list of what decides, once in that of one more.
    assert page.words.count("How much does this tool help you learn?") == 2

"""A class tries a draft's questions: no account, no cookie, no answer, no name; and every idea ends with a reason."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.db import reading
from feedback.models import Base, StaffMember, TryOutIdea
from feedback.operations.school import School
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.try_outs import history_of, sessions_of
from forms.draft import as_data
from forms.library import open_library
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import change, reword


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes the form."""
    return a_staff_member(school, "lead", account="lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their desk."""
    return Desk(app, lead)


@pytest.fixture
def draft(school: School, lead: StaffMember) -> str:
    """The id of a draft of First Look."""
    return start_draft(school, lead, as_data(open_library("first-look")), now=NOW)


def _start(desk: Desk, draft: str, label: str = "Class 5B") -> int:
    return desk.send(f"/forms/{draft}/try-outs", label=label, items=["easy", "again"]).status


def _code(school: School, lead: StaffMember, desk: Desk, draft: str) -> str:
    assert _start(desk, draft) == 200
    return sessions_of(school, lead, draft)[0].row.code


def test_a_class_marks_and_suggests_and_later_reads_what_became_of_it(
    school: School, app: Flask, lead: StaffMember, desk: Desk, draft: str
) -> None:
    code = _code(school, lead, desk, draft)
    child = app.test_client()
    page = child.get(f"/en/try/{code}/1")
    assert "Question 1 of 2" in page.text
    typed = {"mark": "confusing", "idea": "Is it simple for you?", "q-easy": "yes"}
    assert child.post(f"/en/try/{code}/1", data=typed).status_code == 303
    assert child.post(f"/en/try/{code}/2", data={"mark": "understood"}).status_code == 303
    assert child.post(f"/en/try/{code}/3", data={"idea": "Is it fun?"}).status_code == 303
    [told] = sessions_of(school, lead, draft)
    first, second = told.tried
    assert (first.marks["confusing"], second.marks["understood"]) == (1, 1)
    assert [idea.words for idea in first.ideas] == ["Is it simple for you?"]
    assert [idea.words for idea in told.besides] == ["Is it fun?"]
    assert desk.send(f"/forms/{draft}/try-outs/{told.row.id}/end").status == 200
    for idea, used in ((first.ideas[0], "yes"), (told.besides[0], "no")):
        assert desk.send(f"/forms/{draft}/try-outs/ideas/{idea.id}", used=used, reason="It is shorter.").status == 200
    page = child.get(f"/en/try/{code}")
    assert page.text.count("It is shorter.") == 2
    assert "Used." in page.text
    assert "Not used." in page.text
    assert "Is it simple for you?" in desk.open(f"/forms/{draft}/try-outs").words
    [heard] = history_of(school, lead, draft, "easy")
    assert (heard.row.label, heard.tried.ideas[0].state) == ("Class 5B", "used")


def test_a_question_has_its_history_beside_its_words(
    school: School, app: Flask, lead: StaffMember, desk: Desk, draft: str
) -> None:
    code = _code(school, lead, desk, draft)
    app.test_client().post(f"/en/try/{code}/1", data={"mark": "confusing", "idea": "Is it simple for you?"})
    page = desk.open(f"/forms/{draft}/items/easy")
    assert "Class 5B" in page.words
    assert "Understood: 0 · confusing: 1 · would rather not answer: 0" in page.words
    assert "Changed after this class try-out" not in page.words
    change(school, lead, draft, reword("easy", "Is it simple for you?"))
    assert "Changed after this class try-out" in desk.open(f"/forms/{draft}/items/easy").words
    assert "Changed after this class try-out" not in desk.open(f"/forms/{draft}/items/again").words
    assert "Class 5B" not in desk.open(f"/forms/{draft}/items/favourite").words


def test_no_answer_and_nobody_is_anywhere_in_the_database(
    school: School, app: Flask, lead: StaffMember, desk: Desk, draft: str
) -> None:
    code = _code(school, lead, desk, draft)
    child = app.test_client()
    answer = child.post(
        f"/en/try/{code}/1",
        data={"mark": "understood", "q-easy": "needle-83a1"},
        headers={"User-Agent": "needle-83a1"},
    )
    assert "Set-Cookie" not in answer.headers
    with reading(school.engine) as session:
        rows = [
            json.dumps([str(value) for value in row])
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    assert not any("needle" in row for row in rows)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"mark": "understood", "idea": "Fatima said it is hard"}, "without names"),
        ({"mark": "understood", "idea": "x" * 201}, "at most 200 letters"),
        ({"mark": "nonsense"}, "one of the three buttons"),
        ({}, "one of the three buttons"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    school: School, app: Flask, lead: StaffMember, desk: Desk, draft: str, typed: dict[str, str], says: str
) -> None:
    code = _code(school, lead, desk, draft)
    page = app.test_client().post(f"/en/try/{code}/1", data=typed)
    assert page.status_code == 422
    assert says in page.text
    assert typed.get("idea", "") in page.text
    [told] = sessions_of(school, lead, draft)
    assert sum(sum(each.marks.values()) for each in told.tried) == 0
    with reading(school.engine) as session:
        assert session.scalars(select(TryOutIdea)).all() == []


@pytest.mark.parametrize("label", ["Ali, 5B", "", "x" * 61])
def test_a_group_has_a_label_and_never_a_name(
    school: School, lead: StaffMember, desk: Desk, draft: str, label: str
) -> None:
    assert _start(desk, draft, label) == 422
    assert sessions_of(school, lead, draft) == []


def test_what_is_not_there_is_told_and_others_see_nothing(
    school: School, app: Flask, lead: StaffMember, desk: Desk, draft: str
) -> None:
    code = _code(school, lead, desk, draft)
    child = app.test_client()
    assert [child.get(f"/en/try/{path}").status_code for path in ("NOTHIN", f"{code}/0", f"{code}/4")] == [404] * 3
    assert child.get(f"/am/try/{code}").status_code == 404
    [told] = sessions_of(school, lead, draft)
    teacher = Desk(app, a_staff_member(school, "teacher"))
    assert teacher.status(f"/forms/{draft}/try-outs") == 404
    assert teacher.status(f"/forms/{draft}/try-outs/{told.row.id}/end", "POST") == 404
    desk.send(f"/forms/{draft}/try-outs/{told.row.id}/end")
    assert child.post(f"/en/try/{code}/1", data={"mark": "understood"}).status_code == 303
    assert desk.status(f"/forms/{draft}/try-outs/{told.row.id}/end", "POST") == 409
    assert desk.send(f"/forms/{draft}/try-outs/ideas/nothing", used="yes", reason="Because").status == 404
    assert desk.status(f"/forms/{draft}/try-outs/{told.row.id}/qr.svg") == 200

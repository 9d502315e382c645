"""The count of a form that asks some questions of some: nobody's answer to what they were not asked is in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Round, Tally
from feedback.operations.counting.comments import open_comments
from feedback.operations.school import School
from forms.questions.base import Answer
from tests.desk import fill_and_count
from tests.factories import a_round
from tests.winding import a_winding_form

FOOT: dict[str, Answer] = {"how": "foot", "path": "A bridge.", "mornings-safe": "often"}
#: As a hostile or an offline browser may seal it: answers to questions that walking leads nobody to.
HOSTILE: dict[str, Answer] = {**FOOT, "bus-full": "often", "wait": "waiting", "how-other": "By boat"}


def _answered(school: School, round_: Round) -> dict[str, int]:
    with Session(school.engine) as session:
        rows = session.scalars(select(Tally).where(Tally.round_id == round_.id, Tally.cell == "", Tally.group == ""))
        return {row.question: row.people for row in rows if row.people}


def _comments(school: School, round_: Round) -> list[tuple[str, str]]:
    with Session(school.engine) as session:
        return [(each.question, each.text) for each in open_comments(school, session, round_.id)]


def test_answers_that_nobody_was_asked_for_are_not_counted(school: School) -> None:
    round_ = a_round(school, a_winding_form())
    fill_and_count(school, round_, *[HOSTILE] * 10)
    assert _answered(school, round_) == {"how": 10, "path": 10, "mornings-safe": 10}
    assert _comments(school, round_) == [("path", "A bridge.")] * 10


def test_of_those_who_were_asked_they_are(school: School) -> None:
    round_ = a_round(school, a_winding_form())
    fill_and_count(school, round_, *[{**HOSTILE, "how": "bus"}] * 10)
    assert _answered(school, round_) == {"how": 10, "bus-full": 10, "wait": 10, "mornings-safe": 10}


def test_own_words_are_comments_like_all_others(school: School) -> None:
    round_ = a_round(school, a_winding_form())
    fill_and_count(school, round_, *[{"how": "other", "how-other": "By boat"}] * 10)
    assert _answered(school, round_) == {"how": 10, "how-other": 10}
    assert set(_comments(school, round_)) == {("how-other", "By boat")}


def test_an_envelope_with_nothing_but_such_answers_is_nobodys_voice(school: School) -> None:
    round_ = a_round(school, a_winding_form())
    fill_and_count(school, round_, *[{"how": "foot"}] * 9, {"bus-full": "often", "hello": "yes", "mornings": "often"})
    assert _answered(school, round_) == {}

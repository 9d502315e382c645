"""The promise meter: what people were promised, and what of it was kept."""

from datetime import date

import pytest

from feedback.operations.pilots.entries.replied import Said
from feedback.operations.results import replies
from feedback.operations.results.promises import kept_by, promises_of
from feedback.operations.school import School
from tests.factories import NOW, a_round, a_staff_member
from tests.feedback.replied import a_counted_round, a_reply, hide_from_everybody

DUE, BEFORE, AFTER = date(2026, 12, 14), date(2026, 12, 1), date(2026, 12, 15)


@pytest.mark.parametrize(
    ("done", "today", "stands"),
    [(BEFORE, AFTER, "kept"), (DUE, DUE, "kept"), (AFTER, AFTER, "late"), (None, DUE, "due"), (None, AFTER, "overdue")],
)
def test_a_promise_is_kept_late_due_or_overdue(done: date | None, today: date, stands: str) -> None:
    assert kept_by(DUE, done, today) == stands


def test_a_rounds_promise_is_kept_by_an_answer_and_not_by_figures_alone(school: School) -> None:
    teacher, round_ = a_counted_round(school, title="Class 5A")
    assert promises_of(school, teacher, DUE).due == 1
    (owed,) = promises_of(school, teacher, AFTER).overdue
    assert (owed.title, owed.due, owed.question, owed.can_be_answered) == ("Class 5A", DUE, None, True)
    promise = a_reply(Said(free={"en": "We will buy more books."}), "will", due=date(2026, 12, 20))
    id_ = replies.write_reply(school, teacher, round_.id, promise, now=NOW)
    assert len(promises_of(school, teacher, AFTER).overdue) == 1
    replies.publish_reply(school, teacher, id_, now=NOW)
    told = promises_of(school, teacher, AFTER)
    assert (told.kept, told.late, told.due, told.overdue) == (1, 0, 1, ())
    (owed,) = promises_of(school, teacher, date(2026, 12, 21)).overdue
    assert (owed.question, owed.role) == ("again", "Class teacher")
    replies.keep_reply(school, teacher, id_, on=NOW.date(), now=NOW)
    assert promises_of(school, teacher, date(2026, 12, 21)).kept == 2


def test_a_release_that_may_say_nothing_keeps_the_promise_itself(school: School) -> None:
    teacher, round_ = a_counted_round(school)
    hide_from_everybody(school, round_)
    told = promises_of(school, teacher, AFTER)
    assert (told.kept, told.overdue) == (1, ())


def test_nobody_is_owed_an_answer_by_samples_imports_and_boxes_that_stayed_shut(school: School) -> None:
    lead = a_staff_member(school, "lead")
    a_round(school, sample=True)
    a_round(school, imported=True, state="scrubbed")
    a_round(school, state="too_few")
    a_round(school, state="draft")
    assert not promises_of(school, lead, AFTER).any
    a_round(school)
    assert len(promises_of(school, lead, AFTER).overdue) == 1


def test_each_account_sees_the_promises_that_it_can_keep(school: School) -> None:
    a_counted_round(school)
    for role, overdue in (("lead", 1), ("teacher", 0), ("officer", 0), ("administrator", 0)):
        member = a_staff_member(school, role, account=f"{role}-two@example.org")
        assert len(promises_of(school, member, AFTER).overdue) == overdue

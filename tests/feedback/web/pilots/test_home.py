"""The desk's first page, for each role: with nothing to do, with something, and with much."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from feedback.operations.pilots.book import NewEntry, write_entry
from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member

NOTHING = "Nothing is due."


@pytest.mark.parametrize("role", [role for role in ROLES if role != "translator"])
def test_where_nothing_is_to_be_done_every_role_reads_so(school: School, app: Flask, role: str) -> None:
    page = Desk(app, a_staff_member(school, role)).open("/")
    assert NOTHING in page.words
    # What an officer looks at once a week stands there always.
    assert page.response.text.count("<h2") == (2 if role == "officer" else 0)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("lead", "Nothing is due until November 25, 2026."),
        ("teacher", "Nothing is due until November 25, 2026."),
        # What was written has to be read as soon as the round has closed.
        ("reader", "Nothing is due until November 30, 2026."),
        # What was written in the earlier round is deleted 90 days after its count.
        ("officer", "Nothing is due until January 14, 2027."),
        ("interpreter", NOTHING),
        ("administrator", NOTHING),
    ],
)
def test_each_role_reads_the_next_day_on_which_something_is_due_for_it(
    school: School, app: Flask, role: str, said: str
) -> None:
    member = a_staff_member(school, role)
    pilot = a_pilot(school, owner_id=member.id)
    counted: dict[str, Any] = {"state": "scrubbed", "counted_on": date(2026, 10, 16), "promise_on": date(2026, 10, 30)}
    # A sample promises nobody anything.
    a_round(school, pilot=pilot, sample=True, **counted)
    if role in ("lead", "teacher"):
        write_entry(school, member, pilot.id, NewEntry("milestone", {"day": "2026-11-25", "what": "Book day"}), now=NOW)
    else:
        a_round(school, a_family_instrument(), pilot=pilot)
    assert said in Desk(app, member).open("/").words


def test_of_many_rounds_seven_are_shown_and_how_many_more_there_are(school: School, app: Flask) -> None:
    lead, pilot = a_staff_member(school, "lead"), a_pilot(school)
    for number in range(9):
        a_round(school, pilot=pilot, title=f"Class {number}")
    words = Desk(app, lead).open("/").words
    assert [f"Class {number}" in words for number in range(9)].count(True) == 7
    assert "And 2 more" in words


def test_a_lead_is_told_of_pilots_to_decide_and_of_what_the_book_waits_for(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    over = a_pilot(school, owner_id=lead.id, ends_on=date(2026, 11, 20))
    a_pilot(school, owner_id=lead.id, state="reflecting")
    meeting = {"day": "2026-11-20", "minutes": 45, "agenda": ["Figures"]}
    cycle = {"number": 1, "aim": "Read more", "sort": "test", "ends_on": "2026-11-21"}
    later = {**meeting, "day": "2026-11-24"}
    for kind, body in (("review", meeting), ("cycle", cycle), ("review", later)):
        write_entry(school, lead, over.id, NewEntry(kind, body), now=NOW)
    words = Desk(app, lead).open("/").words
    assert "It ended on November 20, 2026. Freeze the evidence, then decide." in words
    assert "Then decide: scale, adjust or stop." in words
    assert "A meeting was planned for November 20, 2026." in words
    assert "A cycle ended on November 21, 2026." in words
    assert "November 24" not in words


def test_the_officer_is_told_what_is_deleted_within_a_month(school: School, app: Flask) -> None:
    soon: dict[str, Any] = {"state": "scrubbed", "counted_on": NOW.date() - timedelta(days=80), "counted_envelopes": 12}
    a_round(school, title="Class 4C", **soon)
    a_round(school, title="Class 4D", **{**soon, "comments_purged_on": NOW.date()})
    words = Desk(app, a_staff_member(school, "officer")).open("/").words
    assert "Deleted soon" in words
    assert "What people wrote, on December 3, 2026" in words
    assert ("Class 4C" in words, "Class 4D" in words) == (True, False)
    assert NOTHING.rstrip(".") in words
    assert "Deleted soon" not in Desk(app, a_staff_member(school, "lead", account="lead@example.org")).open("/").words
